// SPDX-License-Identifier: Apache-2.0
#include "session/rotation.h"

#include "session/session_row.h"
#include "shared/joined.h"

#include <stdexcept>
#include <string>

namespace portico::auth::sessions {
namespace {

constexpr std::string_view CompareAndSwap =
    "UPDATE auth_sessions SET refresh_counter = refresh_counter + 1, mac_kid = $1, last_rotated_at "
    "= $2, last_seen_at = $2, idle_expires_at = $3 WHERE id = $4 AND refresh_counter = $5 AND "
    "revoked_at IS NULL AND idle_expires_at > $2 AND expires_at > $2 RETURNING ";
constexpr Statement Swap{"auth.sessions.rotate", Joined<CompareAndSwap, Columns>};

/// Of a token that is not the session's last.
[[nodiscard]] Rotation::Kind judge(const Session& session, const RefreshToken& token, Time now,
                                   Time grace) {
  using Kind = Rotation::Kind;
  if (session.revoked) return Kind::Revoked;
  if (!session.live(now)) return Kind::Expired;
  if (token.counter >= session.counter) return Kind::Unknown;
  // A node whose clock is behind sees a refresh of the future: that was a moment ago, too.
  const bool fresh = now - session.rotated <= grace;
  return fresh && token.counter + 1 == session.counter ? Kind::Grace : Kind::Reused;
}

}  // namespace

Rotation rotate(Transaction& db, const RefreshToken& token, std::uint8_t newest_key, Time now,
                const SessionLimits& limits) {
  const std::string id = uuid::text_of(token.session);
  const Rows swapped =
      db.query(Swap, {newest_key, now.count(), (now + limits.idle).count(), id, token.counter});
  if (!swapped.empty()) return {Rotation::Kind::Rotated, session_of(swapped[0])};

  std::optional<Session> session = find(db, id);
  if (!session) return {};
  const Rotation::Kind kind = judge(*session, token, now, limits.grace);
  if (kind == Rotation::Kind::Unknown) return {};
  if (kind == Rotation::Kind::Reused) {
    (void)revoke(db, session->user_id, id, "reuse", now);
    session->revoked = now;
    session->revoke_reason = "reuse";
  }
  return {kind, std::move(session)};
}

RefreshToken successor_of(const Session& session) {
  const std::optional<uuid::Bytes> id = uuid::parse(session.id);
  if (!id) throw std::logic_error("a session has an id that is none");
  return {*id, session.counter, session.key};
}

}  // namespace portico::auth::sessions
