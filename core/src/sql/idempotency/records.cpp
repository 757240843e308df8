// SPDX-License-Identifier: Apache-2.0
#include "sql/idempotency/records.h"

#include <array>
#include <span>
#include <stdexcept>
#include <string_view>

namespace portico::sql {
namespace {

using Verdict = IdempotencyRecords::Claim::Verdict;

enum class Stage : std::uint8_t { UnderWay, Answered };

// What has expired is as if it was not there. The new row is under way, which is 0.
constexpr Statement Take{
    "portico.idempotency.take",
    "INSERT INTO portico_idempotency_keys "
    "(scope, key, fingerprint, holder, status, created_at, expires_at) "
    "VALUES ($1, $2, $3, $4, 0, $5, $6) "
    "ON CONFLICT (scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, "
    "holder = excluded.holder, status = 0, response_code = NULL, response_headers = NULL, "
    "response_body = NULL, created_at = excluded.created_at, expires_at = excluded.expires_at "
    "WHERE portico_idempotency_keys.expires_at <= excluded.created_at"};
constexpr Statement Find{
    "portico.idempotency.find",
    "SELECT fingerprint, status, response_code, response_headers, response_body "
    "FROM portico_idempotency_keys WHERE scope = $1 AND key = $2"};
constexpr Statement Settle{
    "portico.idempotency.settle",
    "UPDATE portico_idempotency_keys SET status = 1, response_code = $1, response_headers = $2, "
    "response_body = $3, expires_at = $4 WHERE scope = $5 AND key = $6 AND holder = $7"};
constexpr Statement Release{
    "portico.idempotency.release",
    "DELETE FROM portico_idempotency_keys WHERE scope = $1 AND key = $2 AND holder = $3"};
constexpr Statement Purge{
    "portico.idempotency.purge",
    "DELETE FROM portico_idempotency_keys WHERE (scope, key) IN (SELECT scope, key FROM "
    "portico_idempotency_keys WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)"};

constexpr Statement Expired{
    "portico.idempotency.expired",
    "SELECT 1 FROM portico_idempotency_keys WHERE expires_at <= $1 LIMIT 1"};

[[nodiscard]] std::int64_t microseconds(std::chrono::microseconds time) noexcept {
  return time.count();
}

[[nodiscard]] std::string_view text_of(std::span<const std::byte> bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] std::span<const std::byte> blob_of(const std::string& text) noexcept {
  return std::as_bytes(std::span(text));
}

/// Of one row: an answer that was put into another one does not open there.
[[nodiscard]] std::string purpose_of(const Asked& asked, std::string_view part) {
  return "core idempotency " + std::string(part) + ' ' + asked.scope + ' ' + asked.key;
}
constexpr std::string_view HeadersPart = "headers";
constexpr std::string_view BodyPart = "body";

}  // namespace

IdempotencyRecords::Claim IdempotencyRecords::read(const Row& row, const Asked& asked) {
  if (row.text(0) != asked.fingerprint) return {Verdict::Mismatch, {}, {}};
  if (row.integer(1) != static_cast<std::int64_t>(Stage::Answered)) {
    return {Verdict::UnderWay, {}, {}};
  }
  auto headers = sealer_.unseal(purpose_of(asked, HeadersPart), text_of(row.blob(3)));
  auto body = sealer_.unseal(purpose_of(asked, BodyPart), text_of(row.blob(4)));
  if (!headers || !body) throw std::runtime_error("an answer that was kept does not open");
  return {Verdict::Answered,
          {},
          {.code = row.integer(2), .headers = *std::move(headers), .body = *std::move(body)}};
}

IdempotencyRecords::Claim IdempotencyRecords::claim(const Asked& asked) {
  const std::string holder = ids_.next();
  return database_.write([&](Transaction& db) -> Claim {
    const std::int64_t begin = now();
    const std::uint64_t taken = db.change(Take, {asked.scope, asked.key, asked.fingerprint, holder,
                                                 begin, begin + microseconds(Lease)});
    if (taken != 0) return {Verdict::Mine, {asked, holder}, {}};
    return read(db.query(Find, {asked.scope, asked.key})[0], asked);
  });
}

void IdempotencyRecords::settle(const Hold& hold, const KeptAnswer& answer) {
  const std::string headers = sealer_.seal(purpose_of(hold.asked, HeadersPart), answer.headers);
  const std::string body = sealer_.seal(purpose_of(hold.asked, BodyPart), answer.body);
  database_.write([&](Transaction& db) {
    db.change(Settle, {answer.code, blob_of(headers), blob_of(body), now() + microseconds(Kept),
                       hold.asked.scope, hold.asked.key, hold.holder});
  });
}

void IdempotencyRecords::release(const Hold& hold) {
  database_.write([&](Transaction& db) {
    db.change(Release, {hold.asked.scope, hold.asked.key, hold.holder});
  });
}

bool any_idempotency_key_expired(Reader& reader, std::chrono::microseconds now) {
  return !reader.query(Expired, {now.count()}).empty();
}

std::uint64_t purge_idempotency_keys(Transaction& within, std::chrono::microseconds now) {
  return within.change(Purge, {now.count(), PurgedAtOnce});
}

}  // namespace portico::sql
