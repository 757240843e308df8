// SPDX-License-Identifier: Apache-2.0
// How often somebody may try to log in. Four counts, in one table:
//
//   pair      an account, from a network, a known device or an open session: grows slow from the
//             5th failure on
//   address   failures of one subscriber, whatever the accounts
//   account   failures of everybody on one account: the ceiling of 100 in a row
//   everyone  failures of all: one password tried on ten thousand accounts
//
// An account is what was typed for it, whether or not it exists, so that nobody learns which do.
// The last two could keep an owner out, whom an attacker fails for; so they do not hold for a
// device that has logged in before, nor for who is logged in. And none locks for good: after the
// ceiling one stranger an hour may try, and a password reset clears it.
//
//   judge -> verify the password -> failed | succeeded (in the transaction that opens the session)
#pragma once

#include "throttle/tallies.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::auth {

struct LoginLimits {
  Backoff pair{};
  /// Longer than the cap of a pair: it holds for all strangers together.
  Backoff account{
      .start = 100, .base = std::chrono::hours(1), .factor = 1, .cap = std::chrono::hours(1)};
  Bucket address{.burst = 60, .limit = 60, .per = std::chrono::hours(1)};
  /// Divided by `Shares`: nodes that count at once would otherwise wait for one row.
  Bucket everyone{.burst = 6400, .limit = 32000, .per = std::chrono::hours(1)};
};

namespace throttle {

/// What shows that a client is no stranger to the account. Its failures are a pair of their own,
/// wherever it comes from.
struct Known {
  enum class By : std::uint8_t {
    Device,  ///< `name` is what `device::read` gave for the client's cookie.
    Session  ///< `name` is a session of the account's, which lives.
  };
  By by;
  std::string_view name;
};

/// A login that is being tried, or a proof of who is logged in, by the keys of its counts.
struct LoginTry {
  /// How many rows share the limit for everyone. Each subscriber has one.
  static constexpr unsigned Shares = 16;

  LoginTry(KeyBytes key, std::string_view account, std::string_view address,
           std::optional<Known> known = std::nullopt);

  FourKeys keys;  ///< In the order above.

  [[nodiscard]] const TallyKey& pair() const noexcept { return keys[0]; }
  [[nodiscard]] const TallyKey& account() const noexcept { return keys[2]; }
};

struct Verdict {
  enum class By : std::uint8_t { Nobody, Pair, Address, Account, Everyone };
  By by = By::Nobody;
  Time wait{0};
  std::int64_t failures = 0;  ///< Of the pair. Without any, `succeeded` can be left out.
  /// It is refused, but not to who is `Known`, nor where `sessions::seen_from` knows the network.
  bool spares_known = false;

  [[nodiscard]] bool allowed() const noexcept { return by == By::Nobody; }
};

/// One query. Before the password is verified.
[[nodiscard]] Verdict judge(Reader& db, const LoginTry& login, const LoginLimits& limits, Time now);
/// Counts on all four. Not for a try that had to wait: its password was not looked at, and whoever
/// goes on trying would keep everybody else waiting for good.
void failed(Transaction& db, const LoginTry& login, const LoginLimits& limits, Time now);
/// It had to wait: counts on the address alone. On the others it would keep the owner waiting for
/// good.
void held_up(Transaction& db, const LoginTry& login, const LoginLimits& limits, Time now);
/// Forgets the pair's failures, also where they were counted on the account; the address keeps its
/// own.
void succeeded(Transaction& db, const LoginTry& login);
/// The owner has shown by mail who they are.
void forgive(Transaction& db, const LoginTry& login);

}  // namespace throttle
}  // namespace portico::auth
