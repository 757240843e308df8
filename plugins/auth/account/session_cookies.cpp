// SPDX-License-Identifier: Apache-2.0
#include "account/session_cookies.h"

#include "store/users.h"

#include <algorithm>
#include <utility>

namespace portico::auth {
namespace {

/// How long a loop answers for a session without asking again. What was revoked it hears of sooner;
/// this is how stale the roles and the idle time may be.
constexpr std::chrono::seconds Known{30};
/// How old a sign of life may be before another one is noted.
constexpr std::chrono::minutes Rest{1};

}  // namespace

std::optional<KnownSession> SessionCookies::find(std::string_view cookie) {
  // Forged ones cost no query.
  const auto token = parts_.secrets.cookies.parse(cookie);
  if (!token) return std::nullopt;
  const Time now = parts_.host.unix_time();
  const std::string id = uuid::text_of(token->session);
  auto found = parts_.sql.read_main([&](Reader& db) { return live(db, id, now); });
  // A cookie from before the last proof is none: who stole it would have proved it too.
  if (!found || token->counter != proof_of(found->session)) return std::nullopt;
  if (found->session.seen < now - Rest) {
    parts_.sql.write([&](Transaction& db) { sessions::touch(db, id, now, parts_.session_limits); });
  }
  return known(*std::move(found), now);
}

std::optional<SessionCookies::Found> SessionCookies::live(Reader& db, const std::string& id,
                                                          Time now) const {
  auto session = sessions::find(db, id);
  if (!session || !session->live(now)) return std::nullopt;
  auto user = users::find(db, session->user_id);
  if (!user || !user->may_log_in(now)) return std::nullopt;
  auto roles = parts_.permissions->roles_of(db, user->id);
  return Found{*std::move(session), *std::move(user), std::move(roles)};
}

KnownSession SessionCookies::known(Found found, Time now) {
  return {.id = found.session.id,
          .subject = found.user.id,
          .roles = std::move(found.roles),
          .issued = found.session.created,
          .authenticated = found.session.authenticated,
          .expires = std::min(found.session.expires, found.session.idle_expires),
          .known_until = now + Time(Known),
          .permission_version = found.user.permission_version};
}

}  // namespace portico::auth
