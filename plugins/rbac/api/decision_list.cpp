// SPDX-License-Identifier: Apache-2.0
#include "api/decision_list.h"

#include "api/answers.h"
#include "shared/paging.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "store/decisions.h"

#include <utility>

namespace portico::rbac {
namespace {

std::optional<std::string> text_of(const Request& request, std::string_view name) {
  const auto text = request.query(name);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<bool> allowed_of(const Request& request) {
  const auto text = request.query("allowed");
  if (!text) return std::nullopt;
  if (*text == "true" || *text == "false") return *text == "true";
  throw Refusal(Status::UnprocessableContent, "validation_failed", "`allowed` is true or false.");
}

Time time_of(const Request& request, std::string_view name, Time otherwise) {
  const auto text = request.query(name);
  if (!text) return otherwise;
  const auto time = parse_time(*text);
  if (time) return *time;
  throw Refusal(Status::UnprocessableContent, "time_invalid",
                "`" + std::string(name) + "` is a time like 2026-01-31T09:05:00Z.");
}

decisions::Page page_of(const Request& request) {
  const decisions::Page all;
  return {.user = text_of(request, "subject"),
          .permission = text_of(request, "permission"),
          .allowed = allowed_of(request),
          .from = time_of(request, "from", all.from),
          .until = time_of(request, "to", all.until)};
}

/// The filters, for the cursor: none of them has the end of a line in it.
std::string name_of(const decisions::Page& page) {
  std::string name = "decisions " + page.user.value_or("") + "\t" + page.permission.value_or("");
  if (page.allowed) name += *page.allowed ? "\ttrue" : "\tfalse";
  return name + "\t" + std::to_string(page.from.count()) + "\t" +
         std::to_string(page.until.count());
}

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

DecisionView view_of(LoggedDecision&& row) {
  return {.id = std::move(row.id),
          .at = time_text(row.at),
          .subject = std::move(row.user),
          .permission = std::move(row.permission),
          .scope = std::move(row.scope),
          .resource = unless_empty(std::move(row.resource)),
          .allowed = row.allowed,
          .reason = std::move(row.reason),
          .role = unless_empty(std::move(row.role)),
          .version = row.version,
          .request_id = unless_empty(std::move(row.request))};
}

/// The one that an answer named.
Response one_decision(const Parts& parts, const std::string& id) {
  DecisionList body;
  auto row = parts.sql.read([&](Reader& db) { return decisions::find(db, id); });
  if (row) body.items.push_back(view_of(*std::move(row)));
  return uncached(json(Status::Ok, body));
}

}  // namespace

void DecisionView::describe(Schema<DecisionView>& s) {
  s.summary("A decision that was made.");
  s.field("id", &DecisionView::id, "What an answer calls `decision_id`.");
  s.field("at", &DecisionView::at, "When.");
  s.field("subject", &DecisionView::subject, "Who asked.");
  s.field("permission", &DecisionView::permission, "What for.");
  s.field("scope", &DecisionView::scope, "Where; `*` in no scope.");
  s.field("resource", &DecisionView::resource, "To what: a thing, or a route.");
  s.field("allowed", &DecisionView::allowed, "Whether they may.");
  s.field("reason", &DecisionView::reason, "Why, in a word.");
  s.field("role", &DecisionView::role, "Which role gave or took it.");
  s.field("version", &DecisionView::version, "Of the roles and assignments that decided.");
  s.field("request_id", &DecisionView::request_id, "Which request it was.");
}

void DecisionList::describe(Schema<DecisionList>& s) {
  s.summary("Decisions, the newest first.");
  s.field("items", &DecisionList::items, "A page of them.");
  s.field("next", &DecisionList::next, "The cursor of the next page.");
}

Response list_decisions(Request& request, const Parts& parts) {
  if (const auto id = text_of(request, "decision_id")) return one_decision(parts, *id);
  decisions::Page page = page_of(request);
  const Paging paging(request, parts.host, name_of(page));
  if (!paging.after().empty()) page.before = paging.after();
  page.limit = paging.limit() + 1;
  auto rows = parts.sql.read([&](Reader& db) { return decisions::page(db, page); });
  const std::string next = cut_page(rows, paging, [](const LoggedDecision& row) { return row.id; });
  DecisionList body;
  for (LoggedDecision& row : rows) body.items.push_back(view_of(std::move(row)));
  if (!next.empty()) body.next = next;
  Response answer = uncached(json(Status::Ok, body));
  paging.link(answer, next);
  return answer;
}

}  // namespace portico::rbac
