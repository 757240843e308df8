// SPDX-License-Identifier: Apache-2.0
#include "session/sessions.h"

#include "session/session_row.h"
#include "shared/joined.h"

namespace portico::auth::sessions {
namespace {

constexpr std::string_view Select = "SELECT ";
constexpr std::string_view ById = " FROM auth_sessions WHERE id = $1";
constexpr std::string_view Living =
    " FROM auth_sessions WHERE user_id = $1 AND revoked_at IS NULL AND idle_expires_at > $2 AND "
    "expires_at > $2 ORDER BY last_seen_at DESC, id DESC";

constexpr std::string_view Values =
    "INSERT INTO auth_sessions (id, user_id, mac_kid, amr, acr, ip_net, ua_hash, device_name, "
    "remember, last_rotated_at, auth_time, created_at, last_seen_at, idle_expires_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10, $10, $11, $12) RETURNING ";
constexpr Statement Open{"auth.sessions.open", Joined<Values, Columns>};
constexpr Statement Count{
    "auth.sessions.count",
    "SELECT COUNT(*) FROM auth_sessions WHERE user_id = $1 AND revoked_at IS NULL AND "
    "idle_expires_at > $2 AND expires_at > $2"};
// SQLite takes an OFFSET only behind a LIMIT. Those that have expired are not in anybody's way.
constexpr Statement Evict{
    "auth.sessions.evict",
    "UPDATE auth_sessions SET revoked_at = $1, revoke_reason = 'evicted' WHERE id IN (SELECT id "
    "FROM auth_sessions WHERE user_id = $2 AND revoked_at IS NULL AND idle_expires_at > $1 AND "
    "expires_at > $1 AND id <> $3 ORDER BY last_seen_at DESC, id DESC LIMIT 1000 OFFSET $4) "
    "RETURNING id"};
constexpr Statement Find{"auth.sessions.by_id", Joined<Select, Columns, ById>};
constexpr Statement List{"auth.sessions.list", Joined<Select, Columns, Living>};
constexpr Statement Authenticate{
    "auth.sessions.authenticate",
    "UPDATE auth_sessions SET auth_time = $1 WHERE id = $2 AND revoked_at IS NULL"};
constexpr Statement Touch{
    "auth.sessions.touch",
    "UPDATE auth_sessions SET last_seen_at = $1, idle_expires_at = $2 WHERE id = $3 AND revoked_at "
    "IS NULL AND last_seen_at <= $4 AND idle_expires_at > $1 AND expires_at > $1"};
constexpr Statement SeenFrom{
    "auth.sessions.seen_from",
    "SELECT 1 FROM auth_sessions WHERE user_id = $1 AND ip_net = $2 AND last_seen_at >= $3 AND "
    "COALESCE(revoke_reason, '') <> 'reuse' LIMIT 1"};

[[nodiscard]] std::optional<std::string> text_of(const Row& row, std::size_t column) {
  const auto text = row.maybe_text(column);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

}  // namespace

Session session_of(const Row& row) {
  return {.id = std::string(row.text(0)),
          .user_id = std::string(row.text(1)),
          .counter = static_cast<std::uint64_t>(row.integer(2)),
          .key = static_cast<std::uint8_t>(row.integer(3)),
          .rotated = Time(row.integer(4)),
          .amr = std::string(row.text(5)),
          .acr = text_of(row, 6),
          .authenticated = Time(row.integer(7)),
          .network = text_of(row, 8),
          .agent = text_of(row, 9),
          .device_name = text_of(row, 10),
          .remember = row.flag(11),
          .created = Time(row.integer(12)),
          .seen = Time(row.integer(13)),
          .idle_expires = Time(row.integer(14)),
          .expires = Time(row.integer(15)),
          .revoked = time_of(row.maybe_integer(16)),
          .revoke_reason = text_of(row, 17)};
}

Session open(Transaction& db, const NewSession& session, Time now, const SessionLimits& limits) {
  const Rows rows =
      db.query(Open, {session.id, session.user_id, session.key, session.amr, session.acr,
                      session.network, session.agent, session.device_name, session.remember,
                      now.count(), (now + limits.idle).count(), (now + limits.absolute).count()});
  return session_of(rows[0]);
}

std::size_t count(Reader& db, std::string_view user_id, Time now) {
  return static_cast<std::size_t>(db.query(Count, {user_id, now.count()})[0].integer(0));
}

std::vector<std::string> evict(Transaction& db, std::string_view user_id, std::string_view kept,
                               Time now, const SessionLimits& limits) {
  const std::size_t others = limits.most_per_user == 0 ? 0 : limits.most_per_user - 1;
  std::vector<std::string> ended;
  for (const Row row : db.query(Evict, {now.count(), user_id, kept, others})) {
    ended.emplace_back(row.text(0));
  }
  return ended;
}

std::optional<Session> find(Reader& db, std::string_view id) {
  const Rows rows = db.query(Find, {id});
  if (rows.empty()) return std::nullopt;
  return session_of(rows[0]);
}

std::vector<Session> list(Reader& db, std::string_view user_id, Time now) {
  std::vector<Session> found;
  for (const Row row : db.query(List, {user_id, now.count()})) found.push_back(session_of(row));
  return found;
}

bool authenticate(Transaction& db, std::string_view id, Time now) {
  return db.change(Authenticate, {now.count(), id}) == 1;
}

void touch(Transaction& db, std::string_view id, Time now, const SessionLimits& limits) {
  const Time stale = now - std::chrono::minutes(1);
  db.change(Touch, {now.count(), (now + limits.idle).count(), id, stale.count()});
}

bool seen_from(Reader& db, std::string_view user_id, std::string_view network, Time since) {
  return !db.query(SeenFrom, {user_id, network, since.count()}).empty();
}

}  // namespace portico::auth::sessions
