// SPDX-License-Identifier: Apache-2.0
#include "store/signing_keys.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace portico::auth::signing_keys {
namespace {

constexpr Statement List{
    "auth.signing_keys.list",
    "SELECT kid, state, not_before, retire_at, alg, public_jwk, private_sealed FROM "
    "auth_signing_keys WHERE state <> 'retired' ORDER BY not_before DESC, kid"};
constexpr Statement Add{
    "auth.signing_keys.add",
    "INSERT INTO auth_signing_keys (kid, alg, public_jwk, private_sealed, state, not_before, "
    "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
// What signs no more needs no private key, so nobody can take it from a dump.
constexpr Statement Demote{
    "auth.signing_keys.demote",
    "UPDATE auth_signing_keys SET state = 'verify_only', private_sealed = NULL, retire_at = $1 "
    "WHERE state = 'active'"};
constexpr Statement Activate{
    "auth.signing_keys.activate",
    "UPDATE auth_signing_keys SET state = 'active', not_before = $1 WHERE kid = $2"};
constexpr Statement Retire{
    "auth.signing_keys.retire",
    "UPDATE auth_signing_keys SET state = 'retired', private_sealed = NULL WHERE kid = $1"};

[[nodiscard]] KeyState state_of(std::string_view name) {
  for (const KeyState state : {KeyState::Published, KeyState::Active, KeyState::VerifyOnly}) {
    if (name_of(state) == name) return state;
  }
  throw std::logic_error("auth_signing_keys has a state that is none: " + std::string(name));
}

void add(Transaction& db, const NewSigningKey& key, KeyState state, Time not_before, Time now) {
  db.change(Add, {key.kid, key.algorithm, key.public_jwk, key.private_sealed, name_of(state),
                  not_before.count(), now.count()});
}

[[nodiscard]] std::vector<KeyRow> plain(Reader& db) {
  std::vector<KeyRow> rows;
  for (SigningKeyRow& row : list(db)) rows.push_back(std::move(row.key));
  return rows;
}

}  // namespace

std::vector<SigningKeyRow> list(Reader& db) {
  std::vector<SigningKeyRow> found;
  for (const Row row : db.query(List)) {
    const auto sealed = row.maybe_text(6);
    found.push_back({{std::string(row.text(0)), state_of(row.text(1)), Time(row.integer(2)),
                      time_of(row.maybe_integer(3))},
                     std::string(row.text(4)),
                     std::string(row.text(5)),
                     sealed ? std::optional<std::string>(*sealed) : std::nullopt});
  }
  return found;
}

KeyStep rotate(Transaction& db, const NewSigningKey& spare, Time now, const KeyTimes& times) {
  KeyStep step = next_step(plain(db), now, times);
  if (step.activate) {
    db.change(Demote, {(now + times.verify).count()});
    db.change(Activate, {now.count(), *step.activate});
  }
  if (step.make == KeyStep::Make::Active) add(db, spare, KeyState::Active, now, now);
  if (step.make == KeyStep::Make::Published) {
    add(db, spare, KeyState::Published, now + times.publish_ahead, now);
  }
  for (const std::string& kid : step.retire) db.change(Retire, {kid});
  return step;
}

KeyStep rotate_early(Transaction& db, const NewSigningKey& next, Time now, const KeyTimes& times) {
  const std::vector<KeyRow> rows = plain(db);
  KeyStep step;
  if (std::ranges::find(rows, KeyState::Published, &KeyRow::state) != rows.end()) return step;
  step.make = KeyStep::Make::Published;
  add(db, next, KeyState::Published, now + times.publish_ahead, now);
  return step;
}

}  // namespace portico::auth::signing_keys
