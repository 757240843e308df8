// SPDX-License-Identifier: Apache-2.0
#include "jobs/event_rows.h"

#include <algorithm>

namespace portico::jobs {
namespace {

constexpr std::string_view TakeName = "portico.outbox.take";

constexpr Statement PutAway{"portico.outbox.put_away",
                            "UPDATE portico_outbox SET done_at = $1, last_error = $2 WHERE seq = "
                            "$3 AND locked_by = $4 AND done_at IS NULL"};
constexpr Statement PutBack{"portico.outbox.put_back",
                            "UPDATE portico_outbox SET available_at = $1, locked_by = NULL, "
                            "last_error = $2 WHERE seq = $3 AND locked_by = $4"};
constexpr Statement PurgeDone{"portico.outbox.purge_done",
                              "DELETE FROM portico_outbox WHERE seq IN (SELECT seq FROM "
                              "portico_outbox WHERE done_at < $1 LIMIT 500)"};
constexpr Statement PurgeUnasked{
    "portico.outbox.purge_unasked",
    "DELETE FROM portico_outbox WHERE seq IN (SELECT seq FROM portico_outbox WHERE done_at IS NULL "
    "AND available_at < $1 AND attempts = 0 LIMIT 500)"};

/// Names are words of small letters, digits and '_', joined by dots: nothing is to be quoted. In a
/// LIKE '_' stands for itself too, which asks for a little more; the rest is seen to by whoever
/// tells.
std::string condition_of(std::string_view alias, std::span<const std::string> patterns) {
  const std::string column = std::string(alias) + ".event";
  std::string text;
  for (const std::string& pattern : patterns) {
    if (pattern == "*") return "1 = 1";
    text += text.empty() ? "(" : " OR ";
    text += column;
    if (pattern.ends_with('*')) {
      text += " LIKE '" + pattern.substr(0, pattern.size() - 1) + "%'";
    } else {
      text += " = '" + pattern + "'";
    }
  }
  return text + ")";
}

std::string due_of(std::span<const std::string> patterns) {
  return "FROM portico_outbox AS due WHERE done_at IS NULL AND available_at <= $3 AND " +
         condition_of("due", patterns) +
         " AND (key = '' OR NOT EXISTS (SELECT 1 FROM portico_outbox AS before WHERE before.key = "
         "due.key AND before.seq < due.seq AND before.done_at IS NULL AND " +
         condition_of("before", patterns) + ")) ORDER BY seq LIMIT $4";
}

/// SQLite takes no table's name there, and PostgreSQL wants one where two tables have the column.
constexpr std::string_view Returning =
    "outbox.seq, outbox.id, outbox.source, outbox.event, outbox.key, outbox.payload, "
    "outbox.created_at, outbox.attempts";
constexpr std::string_view ReturningAlone =
    "seq, id, source, event, key, payload, created_at, attempts";

}  // namespace

EventTaking::EventTaking(sql::Engine engine, std::span<const std::string> patterns) {
  const std::string due = due_of(patterns);
  if (engine == sql::Engine::Sqlite) {
    text_ =
        "UPDATE portico_outbox SET locked_by = $1, available_at = $2, attempts = attempts + 1 "
        "WHERE seq IN (SELECT seq " +
        due + ") RETURNING " + std::string(ReturningAlone);
  } else {
    text_ =
        "WITH taken AS MATERIALIZED (SELECT CAST($1 AS text) AS holder, CAST($2 AS bigint) AS "
        "until, seq " +
        due +
        " FOR UPDATE SKIP LOCKED) UPDATE portico_outbox AS outbox SET locked_by = taken.holder, "
        "available_at = taken.until, attempts = attempts + 1 FROM taken WHERE outbox.seq = "
        "taken.seq RETURNING " +
        std::string(Returning);
  }
}

std::vector<TakenEvent> EventTaking::take(Transaction& within, std::string_view holder, Time now,
                                          Time until, std::size_t most) const {
  const Rows rows = within.query({TakeName, text_}, {holder, until.count(), now.count(), most});
  std::vector<TakenEvent> taken;
  taken.reserve(rows.size());
  for (const Row row : rows) {
    taken.push_back({.seq = row.integer(0),
                     .id = std::string(row.text(1)),
                     .source = std::string(row.text(2)),
                     .name = std::string(row.text(3)),
                     .key = std::string(row.text(4)),
                     .payload = std::string(row.text(5)),
                     .created = Time(row.integer(6)),
                     .attempt = static_cast<std::uint32_t>(row.integer(7))});
  }
  std::ranges::sort(taken, {}, &TakenEvent::seq);
  return taken;
}

bool put_event_away(Transaction& within, std::int64_t seq, std::string_view holder, Time now,
                    std::string_view error) {
  const auto reason = error.empty() ? std::nullopt : std::optional(error);
  return within.change(PutAway, {now.count(), reason, seq, holder}) != 0;
}

void put_event_back(Transaction& within, std::int64_t seq, std::string_view holder, Time at,
                    std::string_view error) {
  within.change(PutBack, {at.count(), error, seq, holder});
}

std::uint64_t purge_events(Transaction& within, Time before) {
  return within.change(PurgeDone, {before.count()}) + within.change(PurgeUnasked, {before.count()});
}

}  // namespace portico::jobs
