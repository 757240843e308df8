// SPDX-License-Identifier: Apache-2.0
// What becomes of a refresh token that a client shows: one compare-and-swap on the session's row.
//
// Clients lose answers, and two tabs refresh at once; a thief shows a token that was used before.
// Within the grace after a refresh nobody can tell these apart, so the token before the last gets
// the same successor as whoever came first, which mints nothing new. After it a used token is taken
// for stolen: the session ends, for the thief and for the owner, who logs in again.
#pragma once

#include "session/refresh_token.h"
#include "session/sessions.h"

#include <cstdint>
#include <optional>

namespace portico::auth {

struct Rotation {
  enum class Kind : std::uint8_t {
    Rotated,  ///< The counter went up by one.
    Grace,    ///< Somebody was faster, a moment ago: the same successor.
    Reused,   ///< The session was ended just now. Commit it, and tell of it: audit, event, mail.
    Revoked,  ///< It had ended before.
    Expired,
    Unknown,  ///< No such session, or a counter that it has not reached: an older database came
              ///< back.
  };
  Kind kind = Kind::Unknown;
  /// As it is now; nothing where it is unknown.
  std::optional<Session> session;

  [[nodiscard]] bool accepted() const noexcept {
    return kind == Kind::Rotated || kind == Kind::Grace;
  }
};

namespace sessions {

/// `newest_key` is that of RefreshTokens. The successor is `successor_of(*session)`; the access
/// token that goes with it is best issued at `session->rotated`, so that grace prolongs nothing.
/// Says nothing of the user, who may be disabled: ask in the same transaction. Never throws for
/// what the client sent: what it writes is to be committed though the answer may be 401.
[[nodiscard]] Rotation rotate(Transaction& db, const RefreshToken& token, std::uint8_t newest_key,
                              Time now, const SessionLimits& limits);

/// The refresh token that is good now.
[[nodiscard]] RefreshToken successor_of(const Session& session);

}  // namespace sessions
}  // namespace portico::auth
