// SPDX-License-Identifier: Apache-2.0
// The answer to whoever has proved who they are: tokens, in the body or in cookies, as the file
// says. Any thread.
#pragma once

#include "account/account_settings.h"
#include "account/secrets.h"
#include "account/user_view.h"
#include "gate/csrf.h"
#include "keys/key_ring.h"
#include "session/sessions.h"
#include "store/users.h"
#include <portico/host.h>
#include <portico/http.h>
#include <portico/identity.h>
#include <portico/sql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

struct TokenSet {
  std::optional<std::string> access_token;
  std::string token_type = "Bearer";
  std::int64_t expires_in = 0;
  std::string expires_at;
  std::optional<std::string> refresh_token;
  std::string session_id;
  UserView user;

  static void describe(Schema<TokenSet>& s);
};

/// What a session cookie bears of the last proof, as the counter of its token.
[[nodiscard]] std::uint64_t proof_of(const Session& session) noexcept;

class TokenIssue {
 public:
  /// What it takes; all of it outlives this.
  struct Needs {
    Host& host;
    Sql& sql;
    const AccountSettings& settings;
    const Secrets& secrets;
    const KeyRing& keys;
    const Csrf& csrf;
    const Host::Service<Permissions>& permissions;
  };
  explicit TokenIssue(const Needs& needs) : needs_(needs) {}

  /// 200, for a session that was opened or refreshed just now.
  [[nodiscard]] Response answer(const User& user, const Session& session) const;
  /// 200, for who proved again just now that they are there: an access token that says so, and a
  /// session that goes on as it was.
  [[nodiscard]] Response proof(const User& user, const Session& session, Time now) const;
  /// Takes the cookies back, where there are some.
  void withdraw_cookies(Response& answer) const;

 private:
  [[nodiscard]] TokenSet set_for(const User& user, const Session& session, Time issued) const;
  [[nodiscard]] std::string access_token(const User& user, const Session& session,
                                         Time issued) const;
  void set_session_cookie(Response& answer, const Session& session) const;
  void set_refresh_cookie(Response& answer, const Session& session) const;
  void set_csrf_cookie(Response& answer, const Session& session) const;

  const Needs needs_;
};

}  // namespace portico::auth
