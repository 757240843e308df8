// SPDX-License-Identifier: Apache-2.0
// What takes the password of who is logged in: POST /me/password sets another one, POST
// /reauthenticate gives a token that says that they were here just now. Failures count as those of
// a login do: a session that was left open is no way to guess.
#pragma once

#include "account/parts.h"
#include "account/visit.h"
#include "store/users.h"
#include <portico/http.h>

#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

struct PasswordForm {
  std::string current_password;
  std::string password;
  bool revoke_others = true;

  static void describe(Schema<PasswordForm>& s);
};

struct ProofForm {
  std::string password;

  static void describe(Schema<ProofForm>& s);
};

class PasswordChange {
 public:
  explicit PasswordChange(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response change(Request& request) const;
  [[nodiscard]] Response reauthenticate(Request& request) const;

 private:
  [[nodiscard]] std::optional<users::Login> owner(const Request& request) const;
  /// 401 where the password is not theirs, 429 where they have to wait: for what that session has
  /// failed, and not for what strangers have.
  [[nodiscard]] std::optional<Response> doubt(const users::Login& owner, std::string_view session,
                                              const std::string& password,
                                              const Visit& visit) const;
  /// False where it is too late.
  [[nodiscard]] bool apply(const users::Login& owner, const PasswordForm& form,
                           const std::string& session, const Visit& visit) const;
  [[nodiscard]] static bool still_theirs(Transaction& db, const users::Login& owner,
                                         const std::string& session, Time now);

  const Parts& parts_;
};

}  // namespace portico::auth
