// SPDX-License-Identifier: Apache-2.0
#include "api/simulation.h"

#include "api/answers.h"
#include "api/checks.h"
#include "api/supposition.h"
#include "model/decision.h"
#include "model/reason_word.h"
#include <portico/identity.h>

#include <span>

namespace portico::rbac {
namespace {

Outlook outlook(const Book& book, std::span<const Assignment> assignments, const Asked& asked) {
  const Matches matches = book.matches(asked.permission());
  const Decision decision = decide(book, assignments,
                                   {.matches = matches,
                                    .scope = asked.scope(),
                                    .now = asked.at(),
                                    .attributes = asked.attributes()});
  return {.allowed = decision.allowed, .reason = std::string(word_of(decision.reason))};
}

}  // namespace

void SimulatedAssignment::describe(Schema<SimulatedAssignment>& s) {
  s.summary("A role that a user would have.");
  s.field("user", &SimulatedAssignment::user, "The user's id.").required();
  describe_fields(s);
}

void SimulatedRevocation::describe(Schema<SimulatedRevocation>& s) {
  s.summary("A role that a user would have no longer.");
  s.field("user", &SimulatedRevocation::user, "The user's id.").required();
  s.field("role", &SimulatedRevocation::role, "Its name.").required();
  s.field("scope", &SimulatedRevocation::scope, "Where; `*` everywhere.");
}

void SimulationBody::describe(Schema<SimulationBody>& s) {
  s.summary("What would be changed, and what is asked then.");
  s.field("roles", &SimulationBody::roles, "New ones, and what is to be different with others.");
  s.field("remove_roles", &SimulationBody::remove_roles, "Their names.");
  s.field("assignments", &SimulationBody::assignments, "Who would have what.");
  s.field("revocations", &SimulationBody::revocations, "Who would not.");
  s.field("checks", &SimulationBody::checks, "At most 100.").required();
}

void Outlook::describe(Schema<Outlook>& s) {
  s.summary("A decision.");
  s.field("allowed", &Outlook::allowed, "Whether they may.");
  s.field("reason", &Outlook::reason, "Why, in a word.");
}

void SimulationResult::describe(Schema<SimulationResult>& s) {
  s.summary("A decision, as it is and as it would be.");
  s.field("before", &SimulationResult::before, "As it is.");
  s.field("after", &SimulationResult::after, "As it would be.");
}

void SimulationAnswer::describe(Schema<SimulationAnswer>& s) {
  s.summary("Answers, in the order of the questions.");
  s.field("results", &SimulationAnswer::results, "One for each.");
  s.field("version", &SimulationAnswer::version, "The version that was changed in thought.");
}

Response simulate(Request& request, const Parts& parts) {
  const auto body = request.json<SimulationBody>();
  check_count(body.checks.size());
  const FreeFields free(request.body());
  SimulationAnswer answer;
  answer.version = parts.authority.version();
  const auto book = parts.authority.book();
  Supposition supposed(body, free, *book, parts);
  for (std::size_t i = 0; i < body.checks.size(); ++i) {
    const Asked asked(body.checks[i], free, "/checks/" + std::to_string(i),
                      request.principal()->subject, parts.host.unix_time());
    const auto assignments = parts.authority.assignments(asked.subject());
    answer.results.push_back(
        {.before = outlook(*book, *assignments, asked),
         .after = outlook(supposed.book(), supposed.assignments(asked.subject()), asked)});
  }
  return uncached(json(Status::Ok, answer));
}

}  // namespace portico::rbac
