// SPDX-License-Identifier: Apache-2.0
#include "jobs/job_rows.h"

#include "base/json_writer.h"
#include "jobs/statement_pair.h"

#include <algorithm>
#include <utility>

namespace portico::jobs {
namespace {

constexpr Statement Add{
    "portico.jobs.add",
    "INSERT INTO portico_jobs (id, kind, key, unique_key, payload, priority, created_at, "
    "available_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT DO NOTHING"};

constexpr StatementPair AddMany{
    {"portico.jobs.add_many",
     "INSERT INTO portico_jobs (id, kind, key, payload, priority, created_at, available_at, "
     "attempts) SELECT value ->> 'id', value ->> 'kind', value ->> 'key', value ->> 'payload', "
     "value ->> 'priority', value ->> 'created', value ->> 'at', 0 FROM json_each($1) WHERE true"},
    {"portico.jobs.add_many",
     "INSERT INTO portico_jobs (id, kind, key, payload, priority, created_at, available_at, "
     "attempts) SELECT id, kind, key, payload, priority, created, at, 0 "
     "FROM json_to_recordset(CAST($1 AS json)) AS given(id text, kind text, key text, "
     "payload text, priority bigint, created bigint, at bigint)"}};

constexpr Statement Delete{"portico.jobs.cancel",
                           "DELETE FROM portico_jobs WHERE id = $1 AND kind LIKE $2 AND ended_at "
                           "IS NULL AND locked_by IS NULL"};
constexpr Statement Revive{"portico.jobs.revive",
                           "UPDATE portico_jobs SET available_at = $1, attempts = 0, ended_at = "
                           "NULL WHERE id = $2 AND kind LIKE $3 AND ended_at IS NOT NULL"};

constexpr Statement First{
    "portico.jobs.first",
    "SELECT ranks.priority, (SELECT MIN(available_at) FROM portico_jobs WHERE kind = given.kind "
    "AND priority = ranks.priority AND ended_at IS NULL) FROM (SELECT CAST($1 AS text) AS kind) AS "
    "given, (SELECT CAST(0 AS BIGINT) AS priority UNION ALL SELECT 1 UNION ALL SELECT 2) AS ranks"};

constexpr StatementPair Take{
    {"portico.jobs.take",
     "UPDATE portico_jobs SET locked_by = $1, available_at = $2, attempts = attempts + 1 "
     "WHERE seq IN (SELECT seq FROM portico_jobs AS due WHERE kind = $3 AND priority = $4 AND "
     "available_at <= $5 AND ended_at IS NULL AND (key = '' OR NOT EXISTS (SELECT 1 FROM "
     "portico_jobs AS before WHERE before.kind = due.kind AND before.key = due.key AND before.seq "
     "< due.seq AND before.ended_at IS NULL)) ORDER BY available_at, seq LIMIT $6) "
     "RETURNING id, payload, attempts, seq"},
    {"portico.jobs.take",
     "WITH taken AS MATERIALIZED (SELECT CAST($1 AS text) AS holder, CAST($2 AS bigint) AS until, "
     "seq FROM portico_jobs AS due WHERE kind = $3 AND priority = $4 AND available_at <= $5 AND "
     "ended_at IS NULL AND (key = '' OR NOT EXISTS (SELECT 1 FROM portico_jobs AS before WHERE "
     "before.kind = due.kind AND before.key = due.key AND before.seq < due.seq AND "
     "before.ended_at IS NULL)) ORDER BY available_at, seq LIMIT $6 FOR UPDATE SKIP LOCKED) "
     "UPDATE portico_jobs AS jobs SET locked_by = taken.holder, available_at = taken.until, "
     "attempts = attempts + 1 FROM taken WHERE jobs.seq = taken.seq "
     "RETURNING jobs.id, jobs.payload, jobs.attempts, jobs.seq"}};

constexpr StatementPair Held{
    {"portico.jobs.held",
     "SELECT id, payload, attempts FROM portico_jobs WHERE locked_by = $1 AND ended_at IS NULL AND "
     "id IN (SELECT value FROM json_each($2))"},
    {"portico.jobs.held",
     "SELECT id, payload, attempts FROM portico_jobs WHERE locked_by = $1 AND ended_at IS NULL AND "
     "id IN (SELECT json_array_elements_text(CAST($2 AS json)))"}};

constexpr StatementPair Extend{
    {"portico.jobs.extend",
     "UPDATE portico_jobs SET available_at = $1 WHERE locked_by = $2 AND id IN (SELECT value FROM "
     "json_each($3))"},
    {"portico.jobs.extend",
     "UPDATE portico_jobs SET available_at = $1 WHERE locked_by = $2 AND id IN (SELECT "
     "json_array_elements_text(CAST($3 AS json)))"}};

constexpr StatementPair Done{
    {"portico.jobs.done",
     "DELETE FROM portico_jobs WHERE locked_by = $1 AND id IN (SELECT value FROM json_each($2)) "
     "RETURNING id"},
    {"portico.jobs.done",
     "DELETE FROM portico_jobs WHERE locked_by = $1 AND id IN (SELECT json_array_elements_text("
     "CAST($2 AS json))) RETURNING id"}};

constexpr StatementPair Over{
    {"portico.jobs.over",
     "UPDATE portico_jobs SET locked_by = NULL, available_at = given.at, last_error = given.error, "
     "attempts = attempts - given.uncounted, ended_at = given.ended FROM (SELECT value ->> 'id' AS "
     "id, value ->> 'at' AS at, value ->> 'error' AS error, value ->> 'uncounted' AS uncounted, "
     "value ->> 'ended' AS ended FROM json_each($1)) AS given WHERE portico_jobs.id = given.id AND "
     "locked_by = $2 RETURNING portico_jobs.id"},
    {"portico.jobs.over",
     "UPDATE portico_jobs SET locked_by = NULL, available_at = given.at, last_error = given.error, "
     "attempts = attempts - given.uncounted, ended_at = given.ended FROM json_to_recordset(CAST($1 "
     "AS json)) AS given(id text, at bigint, error text, uncounted bigint, ended bigint) WHERE "
     "portico_jobs.id = given.id AND locked_by = $2 RETURNING portico_jobs.id"}};

constexpr Statement Count{
    "portico.jobs.count",
    "SELECT kind, CAST(SUM(waiting) AS BIGINT), CAST(SUM(dead) AS BIGINT) FROM (SELECT kind, CASE "
    "WHEN ended_at IS NULL THEN 1 ELSE 0 END AS waiting, CASE WHEN ended_at IS NULL THEN 0 ELSE 1 "
    "END AS dead FROM portico_jobs LIMIT $1) AS counted GROUP BY kind"};
constexpr std::int64_t MostCounted = 100'000;

constexpr Statement Purge{"portico.jobs.purge",
                          "DELETE FROM portico_jobs WHERE seq IN (SELECT seq FROM portico_jobs "
                          "WHERE ended_at < $1 LIMIT 500)"};

TakenJob taken_job(const Row& row) {
  return {std::string(row.text(0)), std::string(row.text(1)),
          static_cast<std::uint32_t>(row.integer(2))};
}

/// "notify.%": a plugin's name has neither of the signs of LIKE but '_', which is itself too.
std::string pattern_of(std::string_view plugin) { return std::string(plugin) + ".%"; }

std::string json_of(std::span<const NewJob> jobs) {
  std::string text;
  base::JsonWriter json(text);
  json.begin_array();
  for (const NewJob& job : jobs) {
    json.begin_object()
        .member("id", job.id)
        .member("kind", job.kind)
        .member("key", job.key)
        .member("payload", job.payload)
        .member("priority", static_cast<int>(job.priority))
        .member("created", job.created.count())
        .member("at", job.at.count())
        .end_object();
  }
  json.end_array();
  return text;
}

template <class Ids>
std::string json_list(const Ids& ids) {
  std::string text;
  base::JsonWriter json(text);
  json.begin_array();
  for (const auto& id : ids) json.value(std::string_view(id));
  json.end_array();
  return text;
}

void write_over(base::JsonWriter& json, const FinishedJob& job) {
  json.begin_object()
      .member("id", job.id)
      .member("at", job.at.count())
      .member("error", job.error)
      .member("uncounted", job.counts ? 0 : 1)
      .key("ended");
  if (job.end == JobEnd::Dead) {
    json.value(job.at.count());
  } else {
    json.null();
  }
  json.end_object();
}

void collect(std::vector<std::string>& ids, const Rows& rows) {
  for (const Row row : rows) ids.emplace_back(row.text(0));
}

}  // namespace

bool write_job(Transaction& within, const NewJob& job) {
  const auto unique = job.unique.empty() ? std::nullopt : std::optional(job.unique);
  return within.change(
             Add, {job.id, job.kind, job.key, unique, job.payload, static_cast<int>(job.priority),
                   job.created.count(), job.at.count()}) != 0;
}

void write_jobs(Transaction& within, sql::Engine engine, std::span<const NewJob> jobs) {
  within.change(AddMany.on(engine), {json_of(jobs)});
}

bool delete_job(Transaction& within, std::string_view kinds_of, std::string_view id) {
  return within.change(Delete, {id, pattern_of(kinds_of)}) != 0;
}

bool revive_job(Transaction& within, std::string_view kinds_of, std::string_view id, Time now) {
  return within.change(Revive, {now.count(), id, pattern_of(kinds_of)}) != 0;
}

FirstDue first_due(Reader& reader, std::string_view kind) {
  FirstDue first;
  for (const Row row : reader.query(First, {kind})) {
    const auto due = row.maybe_integer(1);
    if (due) first.at(static_cast<std::size_t>(row.integer(0))) = Time(*due);
  }
  return first;
}

std::vector<TakenJob> take_jobs(Transaction& within, sql::Engine engine, const Taking& taking) {
  const Rows rows = within.query(
      Take.on(engine), {taking.holder, taking.until.count(), taking.kind,
                        static_cast<int>(taking.priority), taking.now.count(), taking.most});
  // Neither engine says in which order they come back.
  std::vector<std::pair<std::int64_t, TakenJob>> ordered;
  ordered.reserve(rows.size());
  for (const Row row : rows) {
    ordered.emplace_back(row.integer(3), taken_job(row));
  }
  std::ranges::sort(ordered, {}, [](const auto& each) { return each.first; });
  std::vector<TakenJob> taken;
  taken.reserve(ordered.size());
  for (auto& [seq, job] : ordered) taken.push_back(std::move(job));
  return taken;
}

std::vector<TakenJob> held_jobs(Reader& reader, sql::Engine engine, std::string_view holder,
                                std::span<const std::string_view> ids) {
  std::vector<TakenJob> held;
  for (const Row row : reader.query(Held.on(engine), {holder, json_list(ids)})) {
    held.push_back(taken_job(row));
  }
  return held;
}

void extend_leases(Transaction& within, sql::Engine engine, std::string_view holder, Time until,
                   std::span<const std::string_view> ids) {
  within.change(Extend.on(engine), {until.count(), holder, json_list(ids)});
}

std::vector<std::string> finish_jobs(Transaction& within, sql::Engine engine,
                                     std::string_view holder, std::span<const FinishedJob> jobs) {
  std::vector<std::string_view> done;
  std::string over;
  base::JsonWriter json(over);
  json.begin_array();
  for (const FinishedJob& job : jobs) {
    if (job.end == JobEnd::Done) {
      done.push_back(job.id);
    } else {
      write_over(json, job);
    }
  }
  json.end_array();
  std::vector<std::string> held;
  if (!done.empty()) collect(held, within.query(Done.on(engine), {holder, json_list(done)}));
  if (done.size() < jobs.size()) collect(held, within.query(Over.on(engine), {over, holder}));
  return held;
}

std::vector<JobCount> count_jobs(Reader& reader) {
  std::vector<JobCount> counts;
  for (const Row row : reader.query(Count, {MostCounted})) {
    counts.push_back({std::string(row.text(0)), row.integer(1), row.integer(2)});
  }
  return counts;
}

std::uint64_t purge_dead_jobs(Transaction& within, Time before) {
  return within.change(Purge, {before.count()});
}

}  // namespace portico::jobs
