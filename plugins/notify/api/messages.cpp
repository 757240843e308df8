// SPDX-License-Identifier: Apache-2.0
#include "api/messages.h"

#include "api/caller.h"
#include "mail/address.h"
#include "shared/answers.h"
#include "shared/paging.h"
#include "shared/refusal.h"
#include "store/deliveries.h"

#include <utility>

namespace portico::notify {
namespace {

std::optional<std::string> query_of(const Request& request, std::string_view name) {
  const auto value = request.query(name);
  return value && !value->empty() ? std::optional<std::string>(*value) : std::nullopt;
}

std::string list_of(const messages::Page& page) {
  return "messages " + page.status.value_or("") + "\t" + page.recipient.value_or("") + "\t" +
         page.template_key.value_or("");
}

MessageRow row_of(Reader& db, const std::string& id) {
  auto row = messages::find(db, id);
  if (!row) throw Refusal(Status::NotFound, "not_found", "There is no such message.");
  return std::move(*row);
}

Response duplicate(const std::string& id) {
  return uncached(problem(Status::Conflict, "duplicate",
                          "A message with this `dedupe_key` was accepted before: " + id + "."));
}

/// As it is kept, however it is written.
std::optional<std::string> recipient_of(const Request& request) {
  auto to = query_of(request, "to");
  const auto address = to ? Address::parse(*to) : std::nullopt;
  return address ? std::optional(address->text()) : std::move(to);
}

}  // namespace

Response MessageRoutes::send(Request& request) const {
  const auto body = request.json<MessageBody>();
  const Draft draft = body.draft(caller_of(request));
  const auto accepted =
      site_.sql.write([&](Transaction& db) { return site_.acceptance.accept(db, draft); });
  if (accepted.duplicate) return duplicate(accepted.id);
  return uncached(json(
      Status::Accepted,
      AcceptedView{
          .id = accepted.id, .status = std::string(status::Queued), .code = {}, .detail = {}}));
}

AcceptedView MessageRoutes::accept_one(const MessageBody& body, const std::string& by) const {
  try {
    const Draft draft = body.draft(by);
    const auto accepted =
        site_.sql.write([&](Transaction& db) { return site_.acceptance.accept(db, draft); });
    return {.id = accepted.id,
            .status = accepted.duplicate ? "duplicate" : std::string(status::Queued),
            .code = {},
            .detail = {}};
  } catch (const Refusal& refusal) {
    return {.id = {},
            .status = "refused",
            .code = std::string(refusal.code()),
            .detail = refusal.what()};
  }
}

Response MessageRoutes::send_many(Request& request) const {
  const auto body = request.json<BatchBody>();
  const std::string by = caller_of(request);
  BatchView view;
  view.items.reserve(body.messages.size());
  for (const MessageBody& each : body.messages) view.items.push_back(accept_one(each, by));
  return uncached(json(Status::Accepted, view));
}

Response MessageRoutes::list(Request& request) const {
  messages::Page page{.status = query_of(request, "status"),
                      .recipient = recipient_of(request),
                      .template_key = query_of(request, "template")};
  const Paging paging(request, site_.host, list_of(page));
  if (!paging.after().empty()) page.before = paging.after();
  page.limit = paging.limit() + 1;
  auto rows = site_.sql.read([&](Reader& db) { return messages::page(db, page); });
  const std::string next = cut_page(rows, paging, [](const MessageRow& row) { return row.id; });
  MessageList list;
  for (const MessageRow& row : rows) list.items.push_back(view_of(row));
  if (!next.empty()) list.next = next;
  Response answer = uncached(json(Status::Ok, list));
  paging.link(answer, next);
  return answer;
}

Response MessageRoutes::show(Request& request) const {
  const std::string id = id_of(request);
  const MessageView view = site_.sql.read([&](Reader& db) {
    MessageView shown = view_of(row_of(db, id));
    for (const DeliveryRow& row : deliveries::of_message(db, id)) {
      shown.deliveries.push_back(view_of(row));
    }
    return shown;
  });
  return uncached(json(Status::Ok, view));
}

/// What waits is taken back; what is under way may still arrive.
Response MessageRoutes::cancel(Request& request) const {
  const std::string id = id_of(request);
  const Time now = site_.host.unix_time();
  site_.sql.write([&](Transaction& db) {
    (void)row_of(db, id);
    bool any = false;
    for (const DeliveryRow& row : deliveries::of_message(db, id)) {
      const bool held = row.status == status::Held;
      const bool waits = row.status == status::Queued && row.job && site_.jobs.cancel(db, *row.job);
      if (!held && !waits) continue;
      any = true;
      deliveries::change(
          db, {.id = row.id, .status = status::Cancelled, .attempts = row.attempts, .done = now});
    }
    if (!any) {
      throw Refusal(Status::Conflict, "not_cancellable", "Nothing of this message waits any more.");
    }
    messages::conclude(db, id);
  });
  return uncached(json(
      Status::Accepted,
      AcceptedView{.id = id, .status = std::string(status::Cancelled), .code = {}, .detail = {}}));
}

/// What is dead is tried again, as if it had just been accepted.
Response MessageRoutes::retry(Request& request) const {
  const std::string id = id_of(request);
  const Time now = site_.host.unix_time();
  site_.sql.write([&](Transaction& db) {
    const MessageRow message = row_of(db, id);
    bool any = false;
    for (const DeliveryRow& row : deliveries::of_message(db, id)) {
      if (row.status != status::Dead) continue;
      any = true;
      deliveries::requeue(db, row.id,
                          site_.acceptance.enqueue(db, row.channel, row.id, message.priority, now),
                          now);
    }
    if (!any) {
      throw Refusal(Status::Conflict, "not_retryable", "Nothing of this message is dead.");
    }
    messages::reopen(db, id, now);
  });
  return uncached(json(
      Status::Accepted,
      AcceptedView{.id = id, .status = std::string(status::Queued), .code = {}, .detail = {}}));
}

}  // namespace portico::notify
