// SPDX-License-Identifier: Apache-2.0
#include "store/deliveries.h"

#include "shared/joined.h"

namespace portico::notify {
namespace deliveries {
namespace {

/// Greater than every UUID.
constexpr std::string_view Last = "g";

constexpr Statement Add{
    "notify.deliveries.add",
    "INSERT INTO notify_deliveries (id, message_id, channel, address, address_digest, endpoint_id, "
    "job_id, status, attempts, next_at, created_at, done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, "
    "$8, $9, $10, $11, $12)"};

constexpr std::string_view Columns =
    "SELECT id, message_id, channel, address, address_digest, endpoint_id, job_id, status, "
    "attempts, next_at, last_code, last_error, provider_id, created_at, done_at FROM "
    "notify_deliveries WHERE ";
constexpr std::string_view ById = "id = $1";
constexpr std::string_view ByMessage = "message_id = $1 ORDER BY id";
constexpr std::string_view OfTheDead = "status = 'dead' AND id < $1 ORDER BY id DESC LIMIT $2";
constexpr std::string_view ByEndpoint = "endpoint_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
constexpr std::string_view InRange =
    "created_at >= $1 AND created_at < $2 AND status = $3 AND channel <> 'inbox' ORDER BY id LIMIT "
    "$4";
constexpr std::string_view InRangeOfEndpoint =
    "created_at >= $1 AND created_at < $2 AND status = $3 AND endpoint_id = $4 ORDER BY id LIMIT "
    "$5";
constexpr std::string_view WhatIsHeld =
    "address_digest = $1 AND channel = $2 AND status = 'held' AND next_at <= $3 AND message_id IN "
    "(SELECT id FROM notify_messages WHERE category = $4) ORDER BY id LIMIT 500";
constexpr Statement Find{"notify.deliveries.find", Joined<Columns, ById>};
constexpr Statement OfMessage{"notify.deliveries.of_message", Joined<Columns, ByMessage>};
constexpr Statement Dead{"notify.deliveries.dead", Joined<Columns, OfTheDead>};
constexpr Statement OfEndpoint{"notify.deliveries.of_endpoint", Joined<Columns, ByEndpoint>};
constexpr Statement Within{"notify.deliveries.within", Joined<Columns, InRange>};
constexpr Statement WithinEndpoint{"notify.deliveries.within_endpoint",
                                   Joined<Columns, InRangeOfEndpoint>};
constexpr Statement FindHeld{"notify.deliveries.held", Joined<Columns, WhatIsHeld>};
constexpr Statement FindOverdue{
    "notify.deliveries.overdue",
    "SELECT DISTINCT COALESCE(m.user_id, d.address_digest), d.address_digest, m.category FROM "
    "notify_deliveries AS d JOIN notify_messages AS m ON m.id = d.message_id WHERE d.status = "
    "'held' AND d.next_at < $1 LIMIT $2"};

constexpr Statement ChangeOne{
    "notify.deliveries.change",
    "UPDATE notify_deliveries SET status = $1, attempts = $2, next_at = $3, last_code = $4, "
    "last_error = $5, provider_id = COALESCE($6, provider_id), done_at = $7 WHERE id = $8"};
constexpr Statement Requeue{
    "notify.deliveries.requeue",
    "UPDATE notify_deliveries SET status = 'queued', attempts = 0, job_id = $1, next_at = $2, "
    "done_at = NULL WHERE id = $3"};
constexpr Statement Remove{"notify.deliveries.remove",
                           "DELETE FROM notify_deliveries WHERE id = $1"};

DeliveryRow delivery_of(const Row& row) {
  const auto maybe = [&](std::size_t column) {
    const auto text = row.maybe_text(column);
    return text ? std::optional<std::string>(*text) : std::nullopt;
  };
  return {.id = std::string(row.text(0)),
          .message = std::string(row.text(1)),
          .channel = std::string(row.text(2)),
          .address = std::string(row.text(3)),
          .digest = std::string(row.text(4)),
          .endpoint = maybe(5),
          .job = maybe(6),
          .status = std::string(row.text(7)),
          .attempts = row.integer(8),
          .next = time_of(row.maybe_integer(9)),
          .code = maybe(10),
          .error = maybe(11),
          .provider = maybe(12),
          .created = Time(row.integer(13)),
          .done = time_of(row.maybe_integer(14))};
}

std::vector<DeliveryRow> all_of(const Rows& rows) {
  std::vector<DeliveryRow> found;
  found.reserve(rows.size());
  for (const Row row : rows) found.push_back(delivery_of(row));
  return found;
}

std::string_view or_last(const std::optional<std::string>& before) {
  return before ? std::string_view(*before) : Last;
}

}  // namespace

void add(Transaction& db, const DeliveryRow& row) {
  db.change(
      Add, {row.id, row.message, row.channel, row.address, row.digest, row.endpoint, row.job,
            row.status, row.attempts, count_of(row.next), row.created.count(), count_of(row.done)});
}

std::optional<DeliveryRow> find(Reader& db, std::string_view id) {
  const Rows rows = db.query(Find, {id});
  return rows.empty() ? std::nullopt : std::optional(delivery_of(rows[0]));
}

std::vector<DeliveryRow> of_message(Reader& db, std::string_view message) {
  return all_of(db.query(OfMessage, {message}));
}

std::vector<DeliveryRow> dead(Reader& db, const std::optional<std::string>& before,
                              std::size_t limit) {
  return all_of(db.query(Dead, {or_last(before), limit}));
}

std::vector<DeliveryRow> within(Reader& db, const Range& range) {
  const std::int64_t from = range.from.count();
  const std::int64_t until = range.until.count();
  return all_of(range.endpoint ? db.query(WithinEndpoint,
                                          {from, until, range.status, *range.endpoint, range.limit})
                               : db.query(Within, {from, until, range.status, range.limit}));
}

std::vector<DeliveryRow> of_endpoint(Reader& db, std::string_view endpoint,
                                     const std::optional<std::string>& before, std::size_t limit) {
  return all_of(db.query(OfEndpoint, {endpoint, or_last(before), limit}));
}

std::vector<DeliveryRow> held(Reader& db, std::string_view channel, std::string_view digest,
                              std::string_view category, Time due) {
  return all_of(db.query(FindHeld, {digest, channel, due.count(), category}));
}

std::vector<Held> overdue(Reader& db, Time due, std::size_t most) {
  std::vector<Held> found;
  for (const Row row : db.query(FindOverdue, {due.count(), most})) {
    found.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
  }
  return found;
}

void change(Transaction& db, const Change& change) {
  db.change(ChangeOne, {change.status, change.attempts, count_of(change.next), change.code,
                        change.error, change.provider, count_of(change.done), change.id});
}

void requeue(Transaction& db, std::string_view id, std::string_view job, Time next) {
  db.change(Requeue, {job, next.count(), id});
}

void remove(Transaction& db, std::string_view id) { db.change(Remove, {id}); }

}  // namespace deliveries

namespace attempts {
namespace {

constexpr Statement Of{"notify.attempts.of",
                       "SELECT n, started_at, duration_us, outcome, code, snippet FROM "
                       "notify_attempts WHERE delivery_id = $1 ORDER BY n"};

}  // namespace

std::vector<Shown> of(Reader& db, std::string_view delivery) {
  std::vector<Shown> found;
  for (const Row row : db.query(Of, {delivery})) {
    found.push_back({.n = row.integer(0),
                     .started = Time(row.integer(1)),
                     .took = std::chrono::microseconds(row.integer(2)),
                     .outcome = std::string(row.text(3)),
                     .code = std::string(row.maybe_text(4).value_or("")),
                     .snippet = std::string(row.maybe_text(5).value_or(""))});
  }
  return found;
}

}  // namespace attempts
}  // namespace portico::notify
