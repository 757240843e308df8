// SPDX-License-Identifier: Apache-2.0
#include "api/inbox.h"

#include "api/caller.h"
#include "shared/answers.h"
#include "shared/paging.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "store/inbox.h"

#include <utility>

namespace portico::notify {
namespace {

bool only_unread(const Request& request) {
  const auto value = request.query("unread");
  if (!value || *value == "false") return false;
  if (*value == "true") return true;
  throw Refusal(Status::UnprocessableContent, "unread_invalid", "`unread` is true or false.");
}

InboxEntryView view_of(InboxRow&& row) {
  return {.id = std::move(row.id),
          .title = std::move(row.title),
          .body = std::move(row.body),
          .link = std::move(row.link),
          .created_at = time_text(row.created),
          .read_at = row.read ? std::optional(time_text(*row.read)) : std::nullopt};
}

}  // namespace

void InboxEntryView::describe(Schema<InboxEntryView>& s) {
  s.summary("One message in an inbox.");
  s.field("id", &InboxEntryView::id, "Which.");
  s.field("title", &InboxEntryView::title, "One line.");
  s.field("body", &InboxEntryView::body, "The text.");
  s.field("link", &InboxEntryView::link, "Where more is.");
  s.field("created_at", &InboxEntryView::created_at, "When it came.");
  s.field("read_at", &InboxEntryView::read_at, "When it was read; nothing: it was not.");
}

void InboxView::describe(Schema<InboxView>& s) {
  s.summary("An inbox, the newest first.");
  s.field("items", &InboxView::items, "A page of it.");
  s.field("next", &InboxView::next, "The cursor of the next page.");
  s.field("unread", &InboxView::unread, "How many of all were not read.");
}

void ReadView::describe(Schema<ReadView>& s) {
  s.summary("What was marked as read.");
  s.field("read", &ReadView::read, "How many.");
}

Response InboxRoutes::list(Request& request) const {
  const std::string user = owner_of(request, site_);
  const bool unread = only_unread(request);
  // A cursor is the caller's own: another's opens no page.
  const Paging paging(request, site_.host, "inbox " + user + (unread ? " unread" : " all"));
  const auto before = paging.after().empty() ? std::nullopt : std::optional(paging.after());
  InboxView view;
  auto rows = site_.sql.read([&](Reader& db) {
    view.unread = inbox::unread(db, user);
    return inbox::page(db, user, before, unread, paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, [](const InboxRow& row) { return row.id; });
  for (InboxRow& row : rows) view.items.push_back(view_of(std::move(row)));
  if (!next.empty()) view.next = next;
  Response answer = uncached(json(Status::Ok, view));
  paging.link(answer, next);
  return answer;
}

Response InboxRoutes::mark_read(Request& request) const {
  const std::string user = owner_of(request, site_);
  const std::string id = id_of(request);
  const bool found = site_.sql.write(
      [&](Transaction& db) { return inbox::mark_read(db, user, id, site_.host.unix_time()); });
  if (!found) throw Refusal(Status::NotFound, "not_found", "There is nothing of this id.");
  return uncached(Response(Status::NoContent));
}

Response InboxRoutes::mark_all_read(Request& request) const {
  const std::string user = owner_of(request, site_);
  const auto read = site_.sql.write(
      [&](Transaction& db) { return inbox::mark_all_read(db, user, site_.host.unix_time()); });
  return uncached(json(Status::Ok, ReadView{static_cast<std::int64_t>(read)}));
}

}  // namespace portico::notify
