// SPDX-License-Identifier: Apache-2.0
#include "throttle/logins.h"

#include "throttle/network.h"

#include <algorithm>
#include <string>

namespace portico::auth::throttle {
namespace {

constexpr std::size_t Pair = 0;
constexpr std::size_t Address = 1;
constexpr std::size_t Account = 2;
constexpr std::size_t Everyone = 3;

// The counts first, then the buckets, whose `free_at` of a new row tells by how much to move it.
constexpr Statement Count{
    "auth.throttle.count_failure",
    "INSERT INTO auth_login_throttle AS t (digest, failures, last_at, free_at) VALUES ($1, 1, $2, "
    "0), ($3, 1, $2, 0), ($4, 1, $2, $5), ($6, 1, $2, $7) ON CONFLICT (digest) DO UPDATE SET "
    "failures = CASE WHEN t.last_at > $8 THEN t.failures + 1 ELSE 1 END, last_at = "
    "excluded.last_at, free_at = CASE WHEN t.free_at > excluded.last_at THEN t.free_at + "
    "excluded.free_at - excluded.last_at ELSE excluded.free_at END"};
constexpr Statement Deduct{
    "auth.throttle.deduct",
    "UPDATE auth_login_throttle SET failures = CASE WHEN failures > $1 THEN failures - $1 ELSE 0 "
    "END WHERE digest = $2"};

/// The row of the subscriber's: where its digest falls, so always the same.
[[nodiscard]] TallyKey share_of(KeyBytes key, const TallyKey& address) {
  const unsigned share = std::to_integer<unsigned>(address.front()) % LoginTry::Shares;
  return key_of(key, "login.everyone", std::to_string(share));
}

[[nodiscard]] FourKeys keys_of(KeyBytes key, std::string_view account, std::string_view address,
                               std::optional<Known> known) {
  std::string pair(account);
  if (!known) {
    pair.append("\nnetwork\n").append(network_of(address));
  } else {
    pair.append(known->by == Known::By::Device ? "\ndevice\n" : "\nsession\n").append(known->name);
  }
  const TallyKey subscriber = key_of(key, "login.address", subscriber_of(address));
  return {key_of(key, "login.pair", pair), subscriber, key_of(key, "login.account", account),
          share_of(key, subscriber)};
}

[[nodiscard]] Bucket one_share(Bucket bucket) noexcept {
  bucket.burst = std::max<std::int64_t>(1, bucket.burst / LoginTry::Shares);
  bucket.limit = std::max<std::int64_t>(1, bucket.limit / LoginTry::Shares);
  return bucket;
}

}  // namespace

LoginTry::LoginTry(KeyBytes key, std::string_view account, std::string_view address,
                   std::optional<Known> known)
    : keys(keys_of(key, account, address, known)) {}

Verdict judge(Reader& db, const LoginTry& login, const LoginLimits& limits, Time now) {
  using By = Verdict::By;
  const FourTallies tallies = find(db, login.keys);
  const std::int64_t failures = Backoff::failures(tallies[Pair], now);
  // A device or a session that fails as often as the ceiling is in somebody else's hands.
  const bool trusted = failures < limits.account.start;
  const Time of_pair = limits.pair.wait(tallies[Pair], now);
  // First: who has to wait for one account would otherwise try it for ever, at a hash each time.
  if (const Time wait = limits.address.wait(tallies[Address], now); wait > Time(0)) {
    return {By::Address, wait, failures, trusted && of_pair <= Time(0)};
  }
  if (of_pair > Time(0)) return {By::Pair, of_pair, failures};
  if (const Time wait = limits.account.wait(tallies[Account], now); wait > Time(0)) {
    return {By::Account, wait, failures, trusted};
  }
  const Bucket everyone = one_share(limits.everyone);
  if (const Time wait = everyone.wait(tallies[Everyone], now); wait > Time(0)) {
    return {By::Everyone, wait, failures, trusted};
  }
  return {.failures = failures};
}

void failed(Transaction& db, const LoginTry& login, const LoginLimits& limits, Time now) {
  const Time address = now + limits.address.interval();
  const Time everyone = now + one_share(limits.everyone).interval();
  db.change(Count, {login.keys[Pair], now.count(), login.keys[Account], login.keys[Address],
                    address.count(), login.keys[Everyone], everyone.count(),
                    (now - Tally::Memory).count()});
}

void held_up(Transaction& db, const LoginTry& login, const LoginLimits& limits, Time now) {
  (void)take(db, login.keys[Address], limits.address, now);
}

void succeeded(Transaction& db, const LoginTry& login) {
  const Tally pair = forget(db, login.pair());
  if (pair.count > 0) db.change(Deduct, {pair.count, login.account()});
}

void forgive(Transaction& db, const LoginTry& login) {
  forget(db, login.pair());
  forget(db, login.account());
}

}  // namespace portico::auth::throttle
