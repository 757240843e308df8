// SPDX-License-Identifier: Apache-2.0
// The accounts of this gateway: what the flows share, the flows, their routes, and what is done
// every so often. There is one where the file names a database.
#pragma once

#include "account/email_verification.h"
#include "account/login.h"
#include "account/own_profile.h"
#include "account/own_sessions.h"
#include "account/parts.h"
#include "account/password_change.h"
#include "account/password_reset.h"
#include "account/public_documents.h"
#include "account/refresh.h"
#include "account/sign_up.h"
#include <portico/plugin.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

class Accounts {
 public:
  /// The keys of our own tokens go onto `shelf`. `trusted` are origins of other sites whose pages
  /// may send our cookies.
  Accounts(const AccountSettings& settings, std::vector<std::string> trusted,
           std::shared_ptr<KeyShelf> shelf, Revocations& revocations, Host& host);
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  void setup(Registrar& registrar);
  /// Throws where the database or its keys are not to be used.
  void start();

  [[nodiscard]] const Parts& parts() const noexcept { return parts_; }

 private:
  using Serve = Callable<Response(Request&)>;

  void add_open_routes(Registrar& registrar);
  void add_own_routes(Registrar& registrar);
  void add_public_documents(Registrar& registrar);
  /// Behind `auth`, for tokens of our own.
  RouteSpec own(Registrar& registrar, std::string_view method, std::string_view path, Serve serve);
  void keep_house();

  Host& host_;
  const AccountSettings& settings_;
  Sql& sql_;
  const Secrets secrets_;
  const Passwords passwords_;
  const PasswordRules rules_;
  std::optional<Breaches> breaches_;
  const SessionLimits session_limits_;
  const LoginLimits login_limits_;
  const AskLimits asks_;
  throttle::InFlight in_flight_;
  KeyRing keys_;
  const TokenIssue tokens_;
  Mails mails_;
  const CookieGuard guard_;
  const Parts parts_;

  const SignUp sign_up_;
  const EmailVerification verification_;
  const Login login_;
  const Refresh refresh_;
  const OwnSessions sessions_;
  const PasswordReset reset_;
  const PasswordChange change_;
  const OwnProfile profile_;
  const PublicDocuments documents_;
};

}  // namespace portico::auth
