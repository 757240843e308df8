// SPDX-License-Identifier: Apache-2.0
#include "throttle/tallies.h"

#include <algorithm>
#include <vector>

namespace portico::auth::throttle {
namespace {

constexpr Statement FindOne{
    "auth.throttle.find",
    "SELECT failures, last_at, free_at FROM auth_login_throttle WHERE digest = $1"};
constexpr Statement FindFour{
    "auth.throttle.find_four",
    "SELECT failures, last_at, free_at, digest FROM auth_login_throttle WHERE digest IN ($1, $2, "
    "$3, $4)"};
constexpr Statement PutOne{
    "auth.throttle.put",
    "INSERT INTO auth_login_throttle (digest, failures, last_at, free_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (digest) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, "
    "free_at = excluded.free_at"};
constexpr Statement PutFour{
    "auth.throttle.put_four",
    "INSERT INTO auth_login_throttle (digest, failures, last_at, free_at) VALUES ($1, $2, $3, $4), "
    "($5, $6, $7, $8), ($9, $10, $11, $12), ($13, $14, $15, $16) ON CONFLICT (digest) DO UPDATE "
    "SET failures = excluded.failures, last_at = excluded.last_at, free_at = excluded.free_at"};
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

template <class Rule>
[[nodiscard]] Grant take_by(Transaction& db, const TallyKey& key, const Rule& rule, Time now) {
  const Tally tally = find(db, key);
  const Time wait = rule.wait(tally, now);
  if (wait > Time(0)) return {false, wait};
  put(db, key, rule.taken(tally, now));
  return {};
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

void put(Transaction& db, const TallyKey& key, const Tally& tally) {
  db.change(PutOne, {key, tally.count, tally.last.count(), tally.free_at.count()});
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

void put(Transaction& db, const FourKeys& keys, const FourTallies& tallies) {
  std::vector<SqlValue> values;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Tally& tally = tallies[i];
    values.insert(values.end(), {keys[i], tally.count, tally.last.count(), tally.free_at.count()});
  }
  db.change(PutFour, SqlValues(values));
}

Grant take(Transaction& db, const TallyKey& key, const Bucket& rule, Time now) {
  return take_by(db, key, rule, now);
}

Grant take(Transaction& db, const TallyKey& key, const Quota& rule, Time now) {
  return take_by(db, key, rule, now);
}

std::size_t purge(Transaction& db, Time used_before, Time now, std::size_t most) {
  return db.change(Purge, {used_before.count(), now.count(), most});
}

}  // namespace portico::auth::throttle
