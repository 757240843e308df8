// SPDX-License-Identifier: Apache-2.0
#include "api/reminders.h"

#include "api/caller.h"
#include "api/guarded_route.h"
#include "reminder/reminder_form.h"
#include "shared/answers.h"
#include "shared/entity_tag.h"
#include "shared/paging.h"
#include "shared/refusal.h"
#include "shared/time_text.h"

#include <utility>

namespace portico::notify {
namespace {

constexpr std::string_view Read = "notify:reminders:read";
constexpr std::string_view Write = Reminding::Permission;

std::string tag_of(const ReminderRow& row) { return entity_tag(std::to_string(row.row_version)); }

ReminderView view_of(const ReminderRow& row) {
  ReminderView view{.id = row.id,
                    .kind = row.kind,
                    .rule = row.rule,
                    .timezone = row.timezone,
                    .misfire = row.misfire,
                    .status = row.active ? "active" : "done",
                    .next_at = {},
                    .last_at = {},
                    .created_at = time_text(row.created),
                    .message = {row.message}};
  if (row.next) view.next_at = time_text(*row.next);
  if (row.last) view.last_at = time_text(*row.last);
  return view;
}

Response shown(Status status, const ReminderRow& row) {
  Response answer = uncached(json(status, view_of(row)));
  answer.headers().set("ETag", tag_of(row));
  return answer;
}

}  // namespace

void ReminderView::describe(Schema<ReminderView>& s) {
  s.summary("A message that comes at its times.");
  s.field("id", &ReminderView::id, "Which.");
  s.field("kind", &ReminderView::kind, "`once`, `cron` or `rrule`.");
  s.field("rule", &ReminderView::rule, "When.");
  s.field("timezone", &ReminderView::timezone, "By whose clock.");
  s.field("misfire", &ReminderView::misfire, "What becomes of times that were missed.");
  s.field("status", &ReminderView::status, "`active` or `done`.");
  s.field("next_at", &ReminderView::next_at, "When it comes next.");
  s.field("last_at", &ReminderView::last_at, "When it came last.");
  s.field("created_at", &ReminderView::created_at, "Since when.");
  s.field("message", &ReminderView::message, "As it was written.");
}

void ReminderList::describe(Schema<ReminderList>& s) {
  s.summary("Reminders, the newest first.");
  s.field("items", &ReminderList::items, "A page of them.");
  s.field("next", &ReminderList::next, "The cursor of the next page.");
}

void ReminderRoutes::setup(Registrar& registrar) const {
  add_route(registrar, {"GET", "/reminders", Read}, [this](Request& q) { return list(q); })
      .summary("Lists one's reminders.")
      .answers<ReminderList>(200);
  add_route(registrar, {"POST", "/reminders", Write}, [this](Request& q) { return create(q); })
      .summary("Has a message sent at its times.")
      .body<ReminderBody>()
      .answers<ReminderView>(201)
      .idempotent(site_.sql);
  add_route(registrar, {"GET", "/reminders/{id}", Read}, [this](Request& q) { return show(q); })
      .summary("Shows a reminder.")
      .answers<ReminderView>(200);
  add_route(registrar, {"PATCH", "/reminders/{id}", Write},
            [this](Request& q) { return change(q); })
      .summary("Says anew what is sent, and when.")
      .body<ReminderBody>()
      .answers<ReminderView>(200);
  add_route(registrar, {"DELETE", "/reminders/{id}", Write},
            [this](Request& q) { return remove(q); })
      .summary("Removes a reminder.")
      .answers(204);
}

/// Another's is as if there were none.
ReminderRow ReminderRoutes::own(Reader& db, const Request& request) const {
  auto row = reminders::find(db, id_of(request));
  if (!row || row->owner != caller_of(request)) {
    throw Refusal(Status::NotFound, "not_found", "There is no such reminder.");
  }
  return std::move(*row);
}

Response ReminderRoutes::list(Request& request) const {
  const std::string owner = caller_of(request);
  const Paging paging(request, site_.host, "reminders " + owner);
  auto rows = site_.sql.read([&](Reader& db) {
    const auto before = paging.after().empty() ? std::nullopt : std::optional(paging.after());
    return reminders::of(db, owner, before, paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, [](const ReminderRow& row) { return row.id; });
  ReminderList list;
  for (const ReminderRow& row : rows) list.items.push_back(view_of(row));
  if (!next.empty()) list.next = next;
  Response answer = uncached(json(Status::Ok, list));
  paging.link(answer, next);
  return answer;
}

/// What could not be sent is refused now, while somebody reads the answer: it is tried, and undone.
void ReminderRoutes::check(Transaction& db, const ReminderRow& row) const {
  site_.acceptance.check(db, from_json<ReminderBody>(row.message).draft(row.owner));
}

Response ReminderRoutes::create(Request& request) const {
  const auto body = request.json<ReminderBody>();
  ReminderRow row{.id = site_.host.new_id(),
                  .owner = caller_of(request),
                  .kind = {},
                  .rule = {},
                  .timezone = {},
                  .misfire = {},
                  .message = std::string(request.body()),
                  .next = {},
                  .last = {},
                  .job = {},
                  .created = site_.host.unix_time()};
  body.write_into(row, row.created);
  site_.sql.write([&](Transaction& db) {
    check(db, row);
    site_.reminding.plan(db, row);
    reminders::add(db, row);
  });
  return shown(Status::Created, row);
}

Response ReminderRoutes::show(Request& request) const {
  return shown(Status::Ok, site_.sql.read_main([&](Reader& db) { return own(db, request); }));
}

Response ReminderRoutes::change(Request& request) const {
  const auto body = request.json<ReminderBody>();
  ReminderRow row;
  site_.sql.write([&](Transaction& db) {
    row = own(db, request);
    require_match(request, tag_of(row));
    row.message = std::string(request.body());
    body.write_into(row, site_.host.unix_time());
    check(db, row);
    site_.reminding.forget(db, row);
    site_.reminding.plan(db, row);
    reminders::update(db, row);
    ++row.row_version;
  });
  return shown(Status::Ok, row);
}

Response ReminderRoutes::remove(Request& request) const {
  site_.sql.write([&](Transaction& db) {
    ReminderRow row = own(db, request);
    site_.reminding.forget(db, row);
    reminders::remove(db, row.id);
  });
  return uncached(Response(Status::NoContent));
}

}  // namespace portico::notify
