// SPDX-License-Identifier: Apache-2.0
#include "api/explaining.h"

#include "api/answers.h"
#include "model/effective.h"
#include "model/explanation.h"
#include "model/permission.h"
#include "model/reason_word.h"
#include "shared/json_out.h"
#include "shared/refusal.h"
#include "store/grants.h"
#include <portico/identity.h>

#include <utility>

namespace portico::rbac {
namespace {

void write(JsonOut& out, std::string_view name, const std::vector<Explanation::Item>& items) {
  out.key(name).begin_list();
  for (const Explanation::Item& each : items) {
    out.begin_object()
        .member("path", each.path)
        .member("scope", each.scope)
        .member("permission", each.pattern)
        .member("effect", name_of(each.effect))
        .json_member("condition", each.condition)
        .text_member("why", each.why)
        .end_object();
  }
  out.end_list();
}

template <class Part>
JsonOut& begin(JsonOut& out, const Part& part) {
  return out.begin_object()
      .member("permission", part.pattern)
      .json_member("condition", part.condition)
      .member("scope", part.scope);
}

template <class Part>
void describe_part(Schema<Part>& s) {
  s.field("permission", &Part::permission, "A pattern of permissions.");
  s.field("condition", &Part::condition, "Under this condition alone.");
  s.field("scope", &Part::scope, "Where; `*` everywhere.");
}

}  // namespace

void ExplainedGrant::describe(Schema<ExplainedGrant>& s) {
  s.summary("A grant that was looked at.");
  s.field("path", &ExplainedGrant::path,
          "Roles, from the one that was given to the one that has it.");
  s.field("scope", &ExplainedGrant::scope, "Where the role was given.");
  s.field("permission", &ExplainedGrant::permission, "As the role has it.");
  s.field("effect", &ExplainedGrant::effect, "`allow` or `deny`.");
  s.field("condition", &ExplainedGrant::condition, "As the role has it.");
  s.field("why", &ExplainedGrant::why, "Why it does not count, or why it does all the same.");
}

void ExplanationView::describe(Schema<ExplanationView>& s) {
  s.summary("Why a decision is what it is.");
  s.field("allowed", &ExplanationView::allowed, "Whether they may.");
  s.field("reason", &ExplanationView::reason, "Why, in a word.");
  s.field("sentence", &ExplanationView::sentence, "Why, for people.");
  s.field("matched", &ExplanationView::matched, "What counts.");
  s.field("rejected", &ExplanationView::rejected, "What does not.");
  s.field("version", &ExplanationView::version, "The version of roles and assignments.");
}

void ListBody::describe(Schema<ListBody>& s) {
  s.summary("Which things of a kind may this user do this to?");
  s.field("subject", &ListBody::subject, "The user's id; the caller's where there is none.")
      .max(200);
  s.field("type", &ListBody::type, "What kind of thing: `orders`.").required();
  s.field("action", &ListBody::action, "What is done to it: `read`.").required();
  s.field("min_version", &ListBody::min_version, "At least as new as the answer to that write.");
}

void ReachedPart::describe(Schema<ReachedPart>& s) {
  s.summary("What is denied of it.");
  describe_part(s);
}

void ReachedView::describe(Schema<ReachedView>& s) {
  s.summary("A part of what is allowed.");
  describe_part(s);
  s.field("except", &ReachedView::except, "What is denied of it.");
}

void ReachList::describe(Schema<ReachList>& s) {
  s.summary("What a user may do to things of a kind.");
  s.field("items", &ReachList::items, "All of it; nothing where there is nothing.");
  s.field("version", &ReachList::version, "The version of roles and assignments.");
}

Response explain_check(Request& request, const Parts& parts) {
  const auto body = request.json<CheckBody>();
  const FreeFields free(request.body());
  const Asked asked(body, free, {}, request.principal()->subject, parts.host.unix_time());
  const std::int64_t version = version_for(body.min_version, parts);
  const auto book = parts.authority.book();
  const auto assignments = parts.authority.assignments(asked.subject());
  const Explanation found = explain(*book, *assignments, asked.permission(), asked.scope(),
                                    asked.at(), asked.attributes());
  JsonOut out;
  out.begin_object()
      .member("allowed", found.allowed)
      .member("reason", word_of(found.reason))
      .member("sentence", found.sentence);
  write(out, "matched", found.matched);
  write(out, "rejected", found.rejected);
  out.member("version", version).end_object();
  return shown(Status::Ok, out.text());
}

Response list_resources(Request& request, const Parts& parts) {
  const auto body = request.json<ListBody>();
  std::string fault = fault_of_permission(body.type + ":" + body.action);
  if (!fault.empty()) throw Refusal::of_field("/action", "bad_permission", std::move(fault));
  const std::string subject = body.subject.value_or(std::string(request.principal()->subject));
  const std::int64_t version = version_for(body.min_version, parts);
  const auto book = parts.authority.book();
  const auto assignments = parts.authority.assignments(subject);
  JsonOut out;
  out.begin_object().key("items").begin_list();
  for (const Reach& each :
       reach(*book, *assignments, parts.host.unix_time(), body.type, body.action)) {
    begin(out, each).key("except").begin_list();
    for (const Reach::Exception& exception : each.except) begin(out, exception).end_object();
    out.end_list().end_object();
  }
  out.end_list().member("version", version).end_object();
  return shown(Status::Ok, out.text());
}

}  // namespace portico::rbac
