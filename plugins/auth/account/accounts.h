// SPDX-License-Identifier: Apache-2.0
// The accounts of this gateway: their tables, their routes, and what is done every so often. There
// is one where the file names a database.
#pragma once

#include "account/account_settings.h"
#include "account/identity_service.h"
#include "account/mail_delivery.h"
#include "account/marked_administrators.h"
#include "account/revocation_news.h"
#include "gate/api_keys.h"
#include "gate/gate.h"
#include "gate/sessions.h"
#include "issuers/key_shelf.h"
#include "shared/time.h"
#include <portico/plugin.h>

#include <memory>
#include <optional>
#include <string_view>

namespace portico::auth {

struct Flows;

class Accounts final : Sessions, ApiKeys {
 public:
  /// All last as long as this. Throws where the settings are for another environment.
  Accounts(const AccountSettings& settings, Gate& gate, Host& host);
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;
  ~Accounts() override;

  void setup(Registrar& registrar);
  /// Throws where the database or the keys in it are not to be used.
  void start();

 private:
  using Serve = Callable<Response(Request&)>;

  [[nodiscard]] std::optional<KnownSession> find(std::string_view cookie) override;
  [[nodiscard]] bool plausible(std::string_view key) const override;
  [[nodiscard]] std::optional<KnownSession> find_key(std::string_view key) override;
  void add_sign_up_routes(Registrar& registrar);
  void add_login_routes(Registrar& registrar);
  void add_own_routes(Registrar& registrar);
  void add_key_routes(Registrar& registrar);
  void add_public_documents(Registrar& registrar);
  /// POST, for everybody.
  static RouteSpec open(Registrar& registrar, std::string_view path, Serve serve);
  /// Behind `auth`, for tokens of our own.
  RouteSpec own(Registrar& registrar, std::string_view method, std::string_view path, Serve serve);
  void learn();
  template <class Work>
  void repeat(Work work, int most);
  void keep_house();

  Host& host_;
  const AccountSettings& settings_;
  Gate& gate_;
  Sql& sql_;
  const std::shared_ptr<KeyShelf> shelf_;  // Kept over reloads.
  RevocationNews news_;
  IdentityService identity_;
  MarkedAdministrators administrators_;
  MailDelivery mail_delivery_;
  const Host::Service<Permissions> permissions_;  // Theirs, or another plugin's.
  std::unique_ptr<Flows> flows_;                  // From `start` on.
  Time learned_{0};                               // Up to when what was revoked is known.
};

}  // namespace portico::auth
