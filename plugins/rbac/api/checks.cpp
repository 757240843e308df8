// SPDX-License-Identifier: Apache-2.0
#include "api/checks.h"

#include "api/answers.h"
#include "model/decision.h"
#include "model/reason_word.h"
#include "shared/refusal.h"
#include <portico/identity.h>

#include <utility>

namespace portico::rbac {
namespace {

constexpr std::string_view VersionDoc = "The version of roles and assignments that decided.";

template <class Body>
void describe_least(Schema<Body>& s) {
  s.field("min_version", &Body::min_version, "At least as new as the answer to that write.");
}

template <class Result>
void describe_result(Schema<Result>& s) {
  s.field("allowed", &Result::allowed, "Whether they may.");
  s.field("reason", &Result::reason, "Why, in a word.")
      .one_of(
          {"granted", "denied_by_grant", "nothing_matches", "no_assignment", "condition_failed"});
  s.field("decision_id", &Result::decision_id, "What the log of decisions knows it by.");
}

}  // namespace

void CheckBody::describe(Schema<CheckBody>& s) {
  s.summary("May this user do this?");
  describe_fields(s);
  describe_least(s);
}

void BatchBody::describe(Schema<BatchBody>& s) {
  s.summary("Many questions at once.");
  s.field("checks", &BatchBody::checks, "At most 100.").required();
  describe_least(s);
}

void CheckResult::describe(Schema<CheckResult>& s) {
  s.summary("An answer.");
  describe_result(s);
}

void CheckAnswer::describe(Schema<CheckAnswer>& s) {
  s.summary("An answer.");
  describe_result(s);
  s.field("version", &CheckAnswer::version, VersionDoc);
}

void BatchAnswer::describe(Schema<BatchAnswer>& s) {
  s.summary("Answers, in the order of the questions.");
  s.field("results", &BatchAnswer::results, "One for each.");
  s.field("version", &BatchAnswer::version, VersionDoc);
}

std::int64_t version_for(const std::optional<std::int64_t>& least, const Parts& parts) {
  if (least && *least > parts.authority.version() && !parts.authority.catch_up(*least)) {
    throw Refusal(Status::Conflict, "version_unavailable",
                  "Nothing of that version is known here yet; ask again, or without it.");
  }
  return parts.authority.version();
}

void check_count(std::size_t checks) {
  if (checks <= Checks::MostAtOnce) return;
  throw Refusal(Status::ContentTooLarge, "too_many_checks", "Ask at most 100 at once.");
}

Response Checks::check(Request& request) const {
  const auto body = request.json<CheckBody>();
  const FreeFields free(request.body());
  const Asked asked(body, free, {}, request.principal()->subject, parts_.host.unix_time());
  CheckAnswer answer;
  answer.version = version_for(body.min_version, parts_);
  static_cast<CheckResult&>(answer) = decide_and_log(asked, answer.version, request.id());
  return uncached(json(Status::Ok, answer));
}

Response Checks::batch(Request& request) const {
  const auto body = request.json<BatchBody>();
  check_count(body.checks.size());
  const FreeFields free(request.body());
  BatchAnswer answer;
  answer.version = version_for(body.min_version, parts_);
  for (std::size_t i = 0; i < body.checks.size(); ++i) {
    const Asked asked(body.checks[i], free, "/checks/" + std::to_string(i),
                      request.principal()->subject, parts_.host.unix_time());
    answer.results.push_back(decide_and_log(asked, answer.version, request.id()));
  }
  return uncached(json(Status::Ok, answer));
}

CheckResult Checks::decide_and_log(const Asked& asked, std::int64_t version,
                                   std::string_view request_id) const {
  const auto book = parts_.authority.book();
  const auto assignments = parts_.authority.assignments(asked.subject());
  const Matches matches = book->matches(asked.permission());
  const Decision decision = decide(*book, *assignments,
                                   {.matches = matches,
                                    .scope = asked.scope(),
                                    .now = asked.at(),
                                    .attributes = asked.attributes()});
  CheckResult result{.allowed = decision.allowed,
                     .reason = std::string(word_of(decision.reason)),
                     .decision_id = parts_.host.new_id()};
  const Role* const role = book->role(decision.role);
  parts_.authority.decided({.id = result.decision_id,
                            .at = parts_.host.unix_time(),
                            .user = asked.subject(),
                            .permission = asked.permission(),
                            .scope = asked.scope(),
                            .resource = asked.resource(),
                            .allowed = decision.allowed,
                            .reason = result.reason,
                            .role = role == nullptr ? std::string() : role->name,
                            .version = version,
                            .request = std::string(request_id)});
  return result;
}

}  // namespace portico::rbac
