// SPDX-License-Identifier: Apache-2.0
#include "api/dead_letters.h"

#include "api/caller.h"
#include "shared/answers.h"
#include "shared/paging.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "shared/uuid.h"

namespace portico::notify {
namespace {

constexpr std::size_t MostReplayed = 10'000;
constexpr std::size_t ReplayBatch = 500;

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

Time time_in(const std::string& text, std::string_view name, Time otherwise) {
  if (text.empty()) return otherwise;
  const auto time = parse_time(text);
  if (time) return *time;
  throw Refusal::of_field("/" + std::string(name), "time_invalid",
                          "`" + std::string(name) + "` is a time like 2026-01-31T09:05:00Z.");
}

DeliveryRow dead_row(Reader& db, const std::string& id) {
  auto row = deliveries::find(db, id);
  if (!row || row->status != status::Dead) {
    throw Refusal(Status::NotFound, "not_found", "There is no dead delivery of this id.");
  }
  return std::move(*row);
}

}  // namespace

void ReplayBody::describe(Schema<ReplayBody>& s) {
  s.summary("Which deliveries are made again.");
  s.field("from", &ReplayBody::from, "Accepted since then.").required().max(40);
  s.field("to", &ReplayBody::to, "And before that; now where nothing is said.").max(40);
  s.field("endpoint", &ReplayBody::endpoint, "To this webhook alone.").max(64);
  s.field("status", &ReplayBody::status, "Those that are so.").one_of({"dead", "sent"});
}

void ReplayView::describe(Schema<ReplayView>& s) {
  s.summary("How many are made again.");
  s.field("queued", &ReplayView::queued, "So many; ten thousand at most, then ask again.");
}

void AttemptView::describe(Schema<AttemptView>& s) {
  s.summary("One attempt at a delivery.");
  s.field("n", &AttemptView::n, "Which.");
  s.field("started_at", &AttemptView::started_at, "When.");
  s.field("duration_us", &AttemptView::duration_us, "How long, in microseconds.");
  s.field("outcome", &AttemptView::outcome, "`sent`, `later` or `never`.");
  s.field("code", &AttemptView::code, "What the other side said.");
  s.field("snippet", &AttemptView::snippet, "The beginning of its answer.");
}

void AttemptList::describe(Schema<AttemptList>& s) {
  s.summary("The attempts at a delivery, the first one first.");
  s.field("items", &AttemptList::items, "All of them.");
}

Response DeadLetters::list(Request& request) const {
  const Paging paging(request, site_.host, "dead letters");
  auto rows = site_.sql.read([&](Reader& db) {
    return deliveries::dead(db, unless_empty(paging.after()), paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, [](const DeliveryRow& row) { return row.id; });
  DeliveryList list;
  for (const DeliveryRow& row : rows) list.items.push_back(view_of(row));
  if (!next.empty()) list.next = next;
  Response answer = uncached(json(Status::Ok, list));
  paging.link(answer, next);
  return answer;
}

Response DeadLetters::show_attempts(Request& request) const {
  const std::string id = id_of(request);
  const auto rows = site_.sql.read([&](Reader& db) {
    if (!deliveries::find(db, id)) {
      throw Refusal(Status::NotFound, "not_found", "There is no such delivery.");
    }
    return attempts::of(db, id);
  });
  AttemptList list;
  for (const attempts::Shown& row : rows) {
    list.items.push_back({.n = row.n,
                          .started_at = time_text(row.started),
                          .duration_us = row.took.count(),
                          .outcome = row.outcome,
                          .code = unless_empty(row.code),
                          .snippet = unless_empty(row.snippet)});
  }
  return uncached(json(Status::Ok, list));
}

void DeadLetters::requeue_row(Transaction& db, const DeliveryRow& row) const {
  const Time now = site_.host.unix_time();
  const auto message = messages::find(db, row.message);
  const JobPriority priority = message ? message->priority : JobPriority::Normal;
  deliveries::requeue(db, row.id, site_.acceptance.enqueue(db, row.channel, row.id, priority, now),
                      now);
  messages::reopen(db, row.message, now);
}

Response DeadLetters::requeue(Request& request) const {
  const std::string id = id_of(request);
  site_.sql.write([&](Transaction& db) { requeue_row(db, dead_row(db, id)); });
  return uncached(json(
      Status::Accepted,
      AcceptedView{.id = id, .status = std::string(status::Queued), .code = {}, .detail = {}}));
}

Response DeadLetters::remove(Request& request) const {
  const std::string id = id_of(request);
  site_.sql.write([&](Transaction& db) { deliveries::remove(db, dead_row(db, id).id); });
  return uncached(Response(Status::NoContent));
}

Response DeadLetters::replay(Request& request) const {
  const auto body = request.json<ReplayBody>();
  if (!body.endpoint.empty() && !uuid::parse(body.endpoint)) {
    throw Refusal::of_field("/endpoint", "endpoint_unknown", "There is no such webhook.");
  }
  deliveries::Range range{.from = time_in(body.from, "from", Time(0)),
                          .until = time_in(body.to, "to", site_.host.unix_time()),
                          .status = body.status,
                          .endpoint = unless_empty(body.endpoint),
                          .limit = ReplayBatch};
  ReplayView view;
  // What was made queued is not found again.
  for (std::size_t made = ReplayBatch;
       made == ReplayBatch && view.queued < std::int64_t{MostReplayed};) {
    made = site_.sql.write([&](Transaction& db) {
      const auto rows = deliveries::within(db, range);
      for (const DeliveryRow& row : rows) requeue_row(db, row);
      return rows.size();
    });
    view.queued += static_cast<std::int64_t>(made);
  }
  return uncached(json(Status::Accepted, view));
}

}  // namespace portico::notify
