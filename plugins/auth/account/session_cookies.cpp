// SPDX-License-Identifier: Apache-2.0
#include "account/session_cookies.h"

#include "store/users.h"

#include <algorithm>

namespace portico::auth {
namespace {

/// How long a loop answers for a session without asking again. What was revoked it hears of sooner;
/// this is how stale the roles and the idle time may be.
constexpr std::chrono::seconds Known{30};

}  // namespace

std::optional<KnownSession> SessionCookies::find(std::string_view cookie) {
  // Forged ones cost no query.
  const auto token = parts_.secrets.cookies.parse(cookie);
  if (!token) return std::nullopt;
  const Time now = parts_.host.unix_time();
  const std::string id = uuid::text_of(token->session);
  std::optional<Session> session;
  std::optional<User> user;
  parts_.sql.write([&](Transaction& db) {
    session = sessions::find(db, id);
    if (!session || !session->live(now)) return;
    user = users::find(db, session->user_id);
    sessions::touch(db, id, now, parts_.session_limits);
  });
  const bool may = user && user->status == UserStatus::Active && !user->banned(now);
  if (!may) return std::nullopt;
  KnownSession known{.id = id,
                     .subject = user->id,
                     .roles = {},
                     .scopes = {},
                     .issued = session->created,
                     .authenticated = session->authenticated,
                     .expires = std::min(session->expires, now + Time(Known)),
                     .permission_version = user->permission_version};
  if (user->is_admin) known.roles.emplace_back("admin");
  return known;
}

}  // namespace portico::auth
