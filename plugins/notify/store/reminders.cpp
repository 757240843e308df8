// SPDX-License-Identifier: Apache-2.0
#include "store/reminders.h"

#include "shared/joined.h"

namespace portico::notify::reminders {
namespace {

/// Greater than every UUID.
constexpr std::string_view Last = "g";

constexpr Statement Add{
    "notify.reminders.add",
    "INSERT INTO notify_reminders (id, owner, kind, rule, starts_at, timezone, misfire, message, "
    "status, next_at, job_id, created_at, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
    "$9, $10, $11, $12, 1)"};
constexpr std::string_view Columns =
    "SELECT id, owner, kind, rule, starts_at, timezone, misfire, message, status, next_at, "
    "last_at, job_id, created_at, row_version FROM notify_reminders WHERE ";
constexpr std::string_view ById = "id = $1";
constexpr std::string_view ByOwner = "owner = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
constexpr Statement Find{"notify.reminders.find", Joined<Columns, ById>};
constexpr Statement Of{"notify.reminders.of", Joined<Columns, ByOwner>};
constexpr Statement Update{
    "notify.reminders.update",
    "UPDATE notify_reminders SET kind = $1, rule = $2, starts_at = $3, timezone = $4, misfire = "
    "$5, message = $6, status = $7, next_at = $8, last_at = $9, job_id = $10, row_version = "
    "row_version + 1 WHERE id = $11"};
constexpr Statement Advance{
    "notify.reminders.advance",
    "UPDATE notify_reminders SET status = $1, next_at = $2, last_at = $3, job_id = $4 WHERE id = "
    "$5"};
constexpr Statement Remove{"notify.reminders.remove", "DELETE FROM notify_reminders WHERE id = $1"};

std::string_view status_of(const ReminderRow& row) { return row.active ? "active" : "done"; }

ReminderRow row_of(const Row& row) {
  const auto job = row.maybe_text(11);
  return {.id = std::string(row.text(0)),
          .owner = std::string(row.text(1)),
          .kind = std::string(row.text(2)),
          .rule = std::string(row.text(3)),
          .starts = Time(row.integer(4)),
          .timezone = std::string(row.text(5)),
          .misfire = std::string(row.text(6)),
          .message = std::string(row.text(7)),
          .active = row.text(8) == "active",
          .next = time_of(row.maybe_integer(9)),
          .last = time_of(row.maybe_integer(10)),
          .job = job ? std::optional<std::string>(*job) : std::nullopt,
          .created = Time(row.integer(12)),
          .row_version = row.integer(13)};
}

}  // namespace

void add(Transaction& db, const ReminderRow& row) {
  db.change(Add,
            {row.id, row.owner, row.kind, row.rule, row.starts.count(), row.timezone, row.misfire,
             row.message, status_of(row), count_of(row.next), row.job, row.created.count()});
}

std::optional<ReminderRow> find(Reader& db, std::string_view id) {
  const Rows rows = db.query(Find, {id});
  return rows.empty() ? std::nullopt : std::optional(row_of(rows[0]));
}

std::vector<ReminderRow> of(Reader& db, std::string_view owner,
                            const std::optional<std::string>& before, std::size_t limit) {
  const std::string_view from = before ? std::string_view(*before) : Last;
  std::vector<ReminderRow> found;
  for (const Row row : db.query(Of, {owner, from, limit})) found.push_back(row_of(row));
  return found;
}

void update(Transaction& db, const ReminderRow& row) {
  db.change(Update, {row.kind, row.rule, row.starts.count(), row.timezone, row.misfire, row.message,
                     status_of(row), count_of(row.next), count_of(row.last), row.job, row.id});
}

void advance(Transaction& db, const ReminderRow& row) {
  db.change(Advance, {status_of(row), count_of(row.next), count_of(row.last), row.job, row.id});
}

void remove(Transaction& db, std::string_view id) { db.change(Remove, {id}); }

}  // namespace portico::notify::reminders
