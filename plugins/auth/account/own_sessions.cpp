// SPDX-License-Identifier: Apache-2.0
#include "account/own_sessions.h"

#include "account/answers.h"
#include "account/revoking.h"
#include "audit/actions.h"
#include "shared/time_text.h"
#include "shared/uuid.h"
#include "store/users.h"
#include "text/json_object.h"
#include <portico/identity.h>

namespace portico::auth {
namespace {

constexpr std::string_view Reason = "logout";

Response not_found() {
  return refuse(Status::NotFound, "session_not_found", "You have no such session.");
}

}  // namespace

void SessionView::describe(Schema<SessionView>& s) {
  s.summary("One login.");
  s.field("id", &SessionView::id, "For ending it.");
  s.field("device_name", &SessionView::device_name, "As the login named it.");
  s.field("network", &SessionView::network, "Where it was opened from.");
  s.field("created_at", &SessionView::created_at, "When.");
  s.field("last_seen_at", &SessionView::last_seen_at, "When it was refreshed last.");
  s.field("current", &SessionView::current, "Whether it is the one that asks.");
}

void SessionList::describe(Schema<SessionList>& s) {
  s.summary("The sessions of a user.");
  s.field("items", &SessionList::items, "Those that live, the last seen first.");
}

Response OwnSessions::log_out(Request& request) const {
  const std::string_view scope = request.query("scope").value_or("local");
  if (scope != "local" && scope != "others" && scope != "global") {
    return refuse(Status::UnprocessableContent, "validation_failed",
                  "`scope` is local, others or global.");
  }
  const Scope wanted = scope == "local"    ? Scope::Local
                       : scope == "others" ? Scope::Others
                                           : Scope::Global;
  end(*request.principal(), visit_of(request, parts_.host), wanted);
  Response answer = no_content();
  if (wanted != Scope::Others) parts_.tokens.withdraw_cookies(answer);
  return answer;
}

void OwnSessions::end(const Principal& who, const Visit& visit, Scope scope) const {
  std::vector<std::string> ended;
  parts_.sql.write([&](Transaction& db) {
    ended.clear();
    if (scope == Scope::Local) {
      if (sessions::revoke(db, who.subject, who.session, Reason, visit.now)) {
        ended.emplace_back(who.session);
      }
    } else if (scope == Scope::Others) {
      ended = sessions::revoke_others(db, who.subject, who.session, Reason, visit.now);
    } else {
      ended = sessions::revoke_all(db, who.subject, Reason, visit.now);
      users::invalidate_tokens(db, who.subject, visit.now);
    }
    record(db, parts_.host, visit,
           {.action = audit::action::Logout, .actor = who.subject, .session = who.session});
  });
  revoke_now(parts_, ended);
  if (scope == Scope::Global) revoke_user_now(parts_, who.subject);
}

Response OwnSessions::list(Request& request) const {
  const Principal& who = *request.principal();
  const auto found = parts_.sql.read(
      [&](Reader& db) { return sessions::list(db, who.subject, parts_.host.unix_time()); });
  SessionList shown;
  for (const Session& each : found) {
    shown.items.push_back({.id = each.id,
                           .device_name = each.device_name,
                           .network = each.network,
                           .created_at = time_text(each.created),
                           .last_seen_at = time_text(each.seen),
                           .current = each.id == who.session});
  }
  return uncached(json(Status::Ok, shown));
}

Response OwnSessions::end_one(Request& request) const {
  const Principal& who = *request.principal();
  const std::string id(request.param("id").value_or(""));
  if (!uuid::parse(id)) return not_found();
  const Visit visit = visit_of(request, parts_.host);
  const std::string detail = JsonObject().member("ended", id).text();
  const bool ended = parts_.sql.write([&](Transaction& db) {
    if (!sessions::revoke(db, who.subject, id, Reason, visit.now)) return false;
    record(db, parts_.host, visit,
           {.action = audit::action::SessionRevoked,
            .actor = who.subject,
            .session = who.session,
            .detail = detail});
    return true;
  });
  if (!ended) return not_found();
  revoke_now(parts_, {&id, 1});
  Response answer = no_content();
  if (id == who.session) parts_.tokens.withdraw_cookies(answer);
  return answer;
}

Response OwnSessions::end_others(Request& request) const {
  if (request.query("except").value_or("") != "current") {
    return refuse(Status::UnprocessableContent, "validation_failed",
                  "Write ?except=current; POST /logout?scope=global ends this session too.");
  }
  end(*request.principal(), visit_of(request, parts_.host), Scope::Others);
  return no_content();
}

}  // namespace portico::auth
