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
#include <vector>

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

/// Whom tokens are for.
struct Holder {
  const User& user;
  const Session& session;
  std::vector<std::string> roles;
};

/// What a session cookie bears of the last proof, as the counter of its token.
[[nodiscard]] std::uint64_t proof_of(const Session& session) noexcept;

class TokenIssue {
 public:
  /// What it takes; all of it outlives this.
  struct Needs {
    Host& host;
    const AccountSettings& settings;
    const Secrets& secrets;
    const KeyRing& keys;
    const Csrf& csrf;
    const Host::Service<Permissions>& permissions;
  };
  explicit TokenIssue(const Needs& needs) : needs_(needs) {}

  /// For a holder: in the transaction that opens, refreshes or proves the session. None where no
  /// token would name them.
  [[nodiscard]] std::vector<std::string> roles_of(Reader& db, const User& user) const;
  /// 200, for a session that was opened or refreshed just now.
  [[nodiscard]] Response answer(const Holder& holder) const;
  /// 200, for who proved again just now that they are there: an access token that says so, and a
  /// session that goes on as it was.
  [[nodiscard]] Response proof(const Holder& holder, Time now) const;
  /// Takes the cookies back, where there are some.
  void withdraw_cookies(Response& answer) const;

 private:
  [[nodiscard]] TokenSet set_for(const Holder& holder, Time issued) const;
  [[nodiscard]] std::string access_token(const Holder& holder, Time issued) const;
  void set_session_cookie(Response& answer, const Session& session) const;
  void set_refresh_cookie(Response& answer, const Session& session) const;
  void set_csrf_cookie(Response& answer, const Session& session) const;

  const Needs needs_;
};

}  // namespace portico::auth
