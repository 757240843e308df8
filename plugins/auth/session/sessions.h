// SPDX-License-Identifier: Apache-2.0
// The table of sessions: a row from the login to the logout, whatever is refreshed meanwhile. Ids
// that came from a client have passed `uuid::parse`. Any thread that may block; what throws is
// SqlError.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

struct SessionLimits {
  Time idle = std::chrono::days(14);      ///< Since the last refresh.
  Time absolute = std::chrono::days(90);  ///< Since the login, whatever happens.
  Time grace = std::chrono::seconds(10);  ///< How long the token before the last may still come.
  std::size_t most_per_user = 20;
};

struct Session {
  std::string id;
  std::string user_id;
  std::uint64_t counter = 0;  ///< Of the refresh token that is good now.
  std::uint8_t key = 0;       ///< The number of the master key that it was written with.
  Time rotated{0};            ///< When that token was issued.
  std::string amr;            ///< "pwd", "pwd otp".
  std::optional<std::string> acr;
  Time authenticated{0};  ///< The claim `auth_time`.
  std::optional<std::string> network;
  std::optional<std::string> agent;  ///< A digest of the User-Agent.
  std::optional<std::string> device_name;
  bool remember = false;  ///< The cookie outlives the browser.
  Time created{0};
  Time seen{0};
  Time idle_expires{0};
  Time expires{0};
  std::optional<Time> revoked;
  std::optional<std::string> revoke_reason;

  [[nodiscard]] bool live(Time now) const noexcept {
    return !revoked && now < idle_expires && now < expires;
  }
};

struct NewSession {
  std::string_view id;
  std::string_view user_id;
  std::uint8_t key = 0;  ///< RefreshTokens::newest_key.
  std::string_view amr = "pwd";
  std::optional<std::string_view> acr{};
  std::optional<std::string_view> network{};  ///< `network_of` the client's address.
  std::optional<std::string_view> agent{};
  std::optional<std::string_view> device_name{};
  bool remember = false;
};

namespace sessions {

/// Opens one; its first refresh token has the counter 0.
///
/// A transaction that opens a session best reads no others: PostgreSQL takes two that read and
/// write the same pages for conflicting, and lets one begin again. So `count` and `seen_from` are
/// asked before it, and `evict` is for where there are too many.
[[nodiscard]] Session open(Transaction& db, const NewSession& session, Time now,
                           const SessionLimits& limits);

/// How many live. Where `most_per_user` is reached, call `evict` after `open`.
[[nodiscard]] std::size_t count(Reader& db, std::string_view user_id, Time now);
/// Ends all but the last seen of a user's, and never `kept`, so that no more than `most_per_user`
/// are left. Returns their ids, to be announced as revoked.
[[nodiscard]] std::vector<std::string> evict(Transaction& db, std::string_view user_id,
                                             std::string_view kept, Time now,
                                             const SessionLimits& limits);

[[nodiscard]] std::optional<Session> find(Reader& db, std::string_view id);
/// Those that live, the last seen first.
[[nodiscard]] std::vector<Session> list(Reader& db, std::string_view user_id, Time now);

// Revoking. The reason is a word: "logout", "password_changed", "disabled". What comes back are the
// ids of those that ended by it, to be announced; those that had ended keep their reason.

/// False where it is not a session of that user, or has ended: nobody ends another's session, or
/// learns of it.
bool revoke(Transaction& db, std::string_view user_id, std::string_view id, std::string_view reason,
            Time now);
[[nodiscard]] std::vector<std::string> revoke_others(Transaction& db, std::string_view user_id,
                                                     std::string_view kept, std::string_view reason,
                                                     Time now);
[[nodiscard]] std::vector<std::string> revoke_all(Transaction& db, std::string_view user_id,
                                                  std::string_view reason, Time now);

/// The user has proved again who they are. False where the session has ended.
bool authenticate(Transaction& db, std::string_view id, Time now);

/// Notes a sign of life other than a refresh, which puts off the idle end. Does nothing where the
/// last one is younger than a minute, so that a busy client costs no write each time.
void touch(Transaction& db, std::string_view id, Time now, const SessionLimits& limits);

/// Whether the user had a session from that network since then, other than one that was revoked for
/// a theft: a sign that who comes from there is no stranger.
[[nodiscard]] bool seen_from(Reader& db, std::string_view user_id, std::string_view network,
                             Time since);

struct Revoked {
  std::string id;
  Time at;
  Time expires;  ///< From then on nobody needs to be told.
};
/// For the poll of other nodes; with a margin, as users::changed_since.
[[nodiscard]] std::vector<Revoked> revoked_since(Reader& db, Time since);

/// Deletes at most so many that ended before `ended_before`. Returns how many: call again when it
/// is `most`.
std::size_t purge(Transaction& db, Time ended_before, std::size_t most);

}  // namespace sessions
}  // namespace portico::auth
