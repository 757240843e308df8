// SPDX-License-Identifier: Apache-2.0
#include "store/settled.h"

#include "shared/joined.h"
#include "shared/json_out.h"
#include "store/conclusion.h"

namespace portico::notify::settled {
namespace {

/// Lists are handed over as JSON, which the engines take apart differently.
struct Pair {
  Statement sqlite;
  Statement postgres;

  [[nodiscard]] const Statement& on(Sql::Engine engine) const noexcept {
    return engine == Sql::Engine::Sqlite ? sqlite : postgres;
  }
};

constexpr Pair AddAttempts{
    {"notify.settled.add_attempts",
     "INSERT INTO notify_attempts (delivery_id, n, started_at, duration_us, outcome, code, "
     "snippet) SELECT value ->> 'delivery', (SELECT COUNT(*) + 1 FROM notify_attempts WHERE "
     "delivery_id = value ->> 'delivery'), value ->> 'started', value ->> 'took', value ->> "
     "'outcome', value ->> 'code', value ->> 'snippet' FROM json_each($1) WHERE true"},
    {"notify.settled.add_attempts",
     "INSERT INTO notify_attempts (delivery_id, n, started_at, duration_us, outcome, code, "
     "snippet) SELECT delivery, (SELECT COUNT(*) + 1 FROM notify_attempts WHERE delivery_id = "
     "delivery), started, took, outcome, code, snippet FROM json_to_recordset(CAST($1 AS json)) AS "
     "given(delivery text, started bigint, took bigint, outcome text, code text, snippet text)"}};

constexpr std::string_view Set =
    "UPDATE notify_deliveries SET status = given.state, attempts = given.tries, next_at = "
    "given.later, last_code = given.said, last_error = given.reason, provider_id = "
    "COALESCE(given.provider, provider_id), done_at = given.ended FROM ";
constexpr std::string_view OfSqlite =
    "(SELECT value ->> 'which' AS which, value ->> 'state' AS state, value ->> 'tries' AS tries, "
    "value ->> 'later' AS later, value ->> 'said' AS said, value ->> 'reason' AS reason, value ->> "
    "'provider' AS provider, value ->> 'ended' AS ended FROM json_each($1)) AS given";
constexpr std::string_view OfPostgres =
    "json_to_recordset(CAST($1 AS json)) AS given(which text, state text, tries bigint, later "
    "bigint, said text, reason text, provider text, ended bigint)";
constexpr std::string_view Returning =
    " WHERE id = given.which RETURNING id, message_id, channel, address, address_digest, "
    "endpoint_id";
constexpr Pair Change{{"notify.settled.change", Joined<Set, OfSqlite, Returning>},
                      {"notify.settled.change", Joined<Set, OfPostgres, Returning>}};

constexpr std::string_view Listed = "IN (SELECT value FROM json_each($1))";
constexpr std::string_view ListedByPostgres =
    "IN (SELECT json_array_elements_text(CAST($1 AS json)))";
constexpr Pair Conclude{
    {"notify.settled.conclude",
     Joined<messages::ConcludeThose, Listed, messages::AndTheirLastIsOver>},
    {"notify.settled.conclude",
     Joined<messages::ConcludeThose, ListedByPostgres, messages::AndTheirLastIsOver>}};

/// Members that are not there are NULL.
void maybe(JsonOut& json, std::string_view name, const std::optional<std::string_view>& text) {
  if (text) json.member(name, *text);
}
void maybe(JsonOut& json, std::string_view name, const std::optional<Time>& time) {
  if (time) json.member(name, static_cast<std::int64_t>(time->count()));
}

}  // namespace

void add_attempts(Transaction& db, Sql::Engine engine, std::span<const AttemptRow> attempts) {
  if (attempts.empty()) return;
  JsonOut list;
  list.begin_list();
  for (const AttemptRow& each : attempts) {
    list.begin_object()
        .member("delivery", each.delivery)
        .member("started", static_cast<std::int64_t>(each.started.count()))
        .member("took", static_cast<std::int64_t>(each.took.count()))
        .member("outcome", each.outcome)
        .text_member("code", each.code)
        .text_member("snippet", each.snippet)
        .end_object();
  }
  list.end_list();
  db.change(AddAttempts.on(engine), {list.text()});
}

std::vector<Changed> change(Transaction& db, Sql::Engine engine,
                            std::span<const deliveries::Change> changes) {
  if (changes.empty()) return {};
  JsonOut list;
  list.begin_list();
  for (const deliveries::Change& each : changes) {
    list.begin_object()
        .member("which", each.id)
        .member("state", each.status)
        .member("tries", each.attempts);
    maybe(list, "later", each.next);
    maybe(list, "said", each.code);
    maybe(list, "reason", each.error);
    maybe(list, "provider", each.provider);
    maybe(list, "ended", each.done);
    list.end_object();
  }
  list.end_list();
  std::vector<Changed> changed;
  changed.reserve(changes.size());
  for (const Row row : db.query(Change.on(engine), {list.text()})) {
    const auto endpoint = row.maybe_text(5);
    changed.push_back(
        {.id = std::string(row.text(0)),
         .message = std::string(row.text(1)),
         .channel = std::string(row.text(2)),
         .address = std::string(row.text(3)),
         .digest = std::string(row.text(4)),
         .endpoint = endpoint ? std::optional<std::string>(*endpoint) : std::nullopt});
  }
  return changed;
}

void conclude(Transaction& db, Sql::Engine engine, std::span<const std::string> messages) {
  if (messages.empty()) return;
  JsonOut list;
  list.begin_list();
  for (const std::string& each : messages) list.value(each);
  list.end_list();
  db.change(Conclude.on(engine), {list.text()});
}

}  // namespace portico::notify::settled
