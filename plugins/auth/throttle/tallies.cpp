// SPDX-License-Identifier: Apache-2.0
#include "throttle/tallies.h"

#include <algorithm>

namespace portico::auth::throttle {
namespace {

constexpr Statement FindOne{
    "auth.throttle.find",
    "SELECT failures, last_at, free_at FROM auth_login_throttle WHERE digest = $1"};
constexpr Statement FindFour{
    "auth.throttle.find_four",
    "SELECT failures, last_at, free_at, digest FROM auth_login_throttle WHERE digest IN ($1, $2, "
    "$3, $4)"};
constexpr Statement TakeOfQuota{
    "auth.throttle.take_of_quota",
    "INSERT INTO auth_login_throttle AS t (digest, failures, last_at, free_at) VALUES ($1, 1, $2, "
    "0) ON CONFLICT (digest) DO UPDATE SET failures = CASE WHEN t.last_at > $3 THEN t.failures + 1 "
    "ELSE 1 END, last_at = excluded.last_at WHERE t.last_at <= $3 OR t.failures < $4"};
constexpr Statement TakeOfBucket{
    "auth.throttle.take_of_bucket",
    "INSERT INTO auth_login_throttle AS t (digest, failures, last_at, free_at) VALUES ($1, 1, $2, "
    "$3) ON CONFLICT (digest) DO UPDATE SET failures = t.failures + 1, last_at = excluded.last_at, "
    "free_at = CASE WHEN t.free_at > excluded.last_at THEN t.free_at + excluded.free_at - "
    "excluded.last_at ELSE excluded.free_at END WHERE t.free_at <= $4"};
constexpr Statement Forget{
    "auth.throttle.forget",
    "DELETE FROM auth_login_throttle WHERE digest = $1 RETURNING failures, last_at, free_at"};
constexpr Statement Purge{
    "auth.throttle.purge",
    "DELETE FROM auth_login_throttle WHERE digest IN (SELECT digest FROM auth_login_throttle WHERE "
    "last_at < $1 AND free_at < $2 ORDER BY last_at LIMIT $3)"};

[[nodiscard]] Tally tally_of(const Row& row) {
  return {row.integer(0), Time(row.integer(1)), Time(row.integer(2))};
}

}  // namespace

TallyKey key_of(KeyBytes key, std::string_view what, std::string_view whom) {
  const Digest digest = hmac(key, Fields().text(what).text(whom).view());
  TallyKey made{};
  std::copy_n(digest.begin(), made.size(), made.begin());
  return made;
}

Tally find(Reader& db, const TallyKey& key) {
  const Rows rows = db.query(FindOne, {key});
  return rows.empty() ? Tally() : tally_of(rows[0]);
}

Tally forget(Transaction& db, const TallyKey& key) {
  const Rows rows = db.query(Forget, {key});
  return rows.empty() ? Tally() : tally_of(rows[0]);
}

FourTallies find(Reader& db, const FourKeys& keys) {
  FourTallies tallies;
  for (const Row row : db.query(FindFour, {keys[0], keys[1], keys[2], keys[3]})) {
    const auto is_of_row = [&](const TallyKey& key) {
      return std::ranges::equal(key, row.blob(3));
    };
    const auto key = std::ranges::find_if(keys, is_of_row);
    if (key != keys.end()) {
      tallies[static_cast<std::size_t>(key - keys.begin())] = tally_of(row);
    }
  }
  return tallies;
}

Grant take(Transaction& db, const TallyKey& key, const Bucket& rule, Time now) {
  const Time full = now + rule.interval();
  const std::uint64_t taken =
      db.change(TakeOfBucket, {key, now.count(), full.count(), rule.latest(now).count()});
  if (taken == 1) return {};
  return {false, rule.wait(find(db, key), now)};
}

Grant take(Transaction& db, const TallyKey& key, const Quota& rule, Time now) {
  const Time forgotten = now - rule.window;
  const std::uint64_t taken =
      db.change(TakeOfQuota, {key, now.count(), forgotten.count(), rule.most});
  if (taken == 1) return {};
  return {false, rule.wait(find(db, key), now)};
}

std::size_t purge(Transaction& db, Time used_before, Time now, std::size_t most) {
  return db.change(Purge, {used_before.count(), now.count(), most});
}

}  // namespace portico::auth::throttle
