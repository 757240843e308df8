// SPDX-License-Identifier: Apache-2.0
// The ends of sessions.h.
#include "session/sessions.h"

namespace portico::auth::sessions {
namespace {

constexpr Statement Revoke{
    "auth.sessions.revoke",
    "UPDATE auth_sessions SET revoked_at = $1, revoke_reason = $2 WHERE id = $3 AND user_id = $4 "
    "AND revoked_at IS NULL AND idle_expires_at > $1 AND expires_at > $1"};
constexpr Statement RevokeAll{
    "auth.sessions.revoke_all",
    "UPDATE auth_sessions SET revoked_at = $1, revoke_reason = $2 WHERE user_id = $3 AND "
    "revoked_at IS NULL RETURNING id"};
constexpr Statement RevokeOthers{
    "auth.sessions.revoke_others",
    "UPDATE auth_sessions SET revoked_at = $1, revoke_reason = $2 WHERE user_id = $3 AND "
    "revoked_at IS NULL AND id <> $4 RETURNING id"};
constexpr Statement RevokedSince{
    "auth.sessions.revoked_since",
    "SELECT id, revoked_at, expires_at FROM auth_sessions WHERE revoked_at IS NOT NULL AND "
    "revoked_at >= $1 ORDER BY revoked_at"};
// Two indexes, one for each way to end.
constexpr Statement PurgeRevoked{
    "auth.sessions.purge_revoked",
    "DELETE FROM auth_sessions WHERE id IN (SELECT id FROM auth_sessions WHERE revoked_at IS NOT "
    "NULL AND revoked_at < $1 ORDER BY revoked_at LIMIT $2)"};
constexpr Statement PurgeExpired{
    "auth.sessions.purge_expired",
    "DELETE FROM auth_sessions WHERE id IN (SELECT id FROM auth_sessions WHERE revoked_at IS NULL "
    "AND expires_at < $1 ORDER BY expires_at LIMIT $2)"};

[[nodiscard]] std::vector<std::string> ids_of(const Rows& rows) {
  std::vector<std::string> ids;
  ids.reserve(rows.size());
  for (const Row row : rows) ids.emplace_back(row.text(0));
  return ids;
}

}  // namespace

bool revoke(Transaction& db, std::string_view user_id, std::string_view id, std::string_view reason,
            Time now) {
  return db.change(Revoke, {now.count(), reason, id, user_id}) == 1;
}

std::vector<std::string> revoke_others(Transaction& db, std::string_view user_id,
                                       std::string_view kept, std::string_view reason, Time now) {
  return ids_of(db.query(RevokeOthers, {now.count(), reason, user_id, kept}));
}

std::vector<std::string> revoke_all(Transaction& db, std::string_view user_id,
                                    std::string_view reason, Time now) {
  return ids_of(db.query(RevokeAll, {now.count(), reason, user_id}));
}

std::vector<Revoked> revoked_since(Reader& db, Time since) {
  std::vector<Revoked> found;
  for (const Row row : db.query(RevokedSince, {since.count()})) {
    found.push_back({std::string(row.text(0)), Time(row.integer(1)), Time(row.integer(2))});
  }
  return found;
}

std::size_t purge(Transaction& db, Time ended_before, std::size_t most) {
  const std::uint64_t revoked = db.change(PurgeRevoked, {ended_before.count(), most});
  if (revoked >= most) return revoked;
  return revoked + db.change(PurgeExpired, {ended_before.count(), most - revoked});
}

}  // namespace portico::auth::sessions
