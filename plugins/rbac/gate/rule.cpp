// SPDX-License-Identifier: Apache-2.0
#include "gate/rule.h"

#include "gate/gate.h"
#include "gate/held_role.h"
#include "gate/refusals.h"
#include "gate/request_attributes.h"
#include "model/permission.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portico::rbac {
namespace {

/// What a worker has found; nothing where the database did not answer.
using Answer = std::optional<std::vector<Assignment>>;

Answer ask_database(const Knowledge& knowledge, const std::string& user) noexcept {
  try {
    return knowledge.look_up(user);
  } catch (...) {
    return std::nullopt;
  }
}

constexpr Decision OutOfScope{.allowed = false, .reason = Reason::NothingMatches};
/// A role or being the owner is no permission: a key is made for either with this scope alone.
constexpr std::string_view Everything = "**";

/// A key may do what its scopes say, and no more than its owner may.
bool within_scopes(const Principal& caller, std::string_view permission) noexcept {
  return !caller.limited || std::ranges::any_of(caller.scopes, [&](std::string_view scope) {
    return scope == permission || matches(scope, permission);
  });
}

}  // namespace

Flow Rule::serve(Request& request) const {
  const Principal* const caller = request.principal();
  if (caller == nullptr) return reply(refusals::nobody());
  View& view = gate_.view();
  view.refresh();
  if (gate_.source_of(*caller) == RoleSource::Database && gate_.knowledge().stale(request.now())) {
    return reply(refusals::unavailable());
  }
  Holding* const holding = holding_of(*caller, view);
  return holding != nullptr ? judge({request, *caller, view, *holding}) : look_up(*caller);
}

Holding* Rule::holding_of(const Principal& caller, View& view) const {
  switch (gate_.source_of(caller)) {
    case RoleSource::Nowhere: return &view.holding_of_roles({});
    case RoleSource::Token: return &view.holding_of_roles(caller.roles);
    case RoleSource::Database: break;
  }
  return view.holding_of(caller.subject);
}

// The edition is from before the database is asked: what changes meanwhile ends what is kept.
Flow Rule::look_up(const Principal& caller) const {
  Knowledge& knowledge = gate_.knowledge();
  const std::uint32_t edition = knowledge.editions().of(knowledge.key_of(caller.subject));
  return defer(
      [&knowledge, user = std::string(caller.subject)] { return ask_database(knowledge, user); },
      [this, edition](Request& request, const Answer& found) {
        if (!found) return reply(refusals::unavailable());
        const Principal& who = *request.principal();
        View& view = gate_.view();
        view.refresh();
        return judge({request, who, view, view.keep(who.subject, edition, *found)});
      });
}

Flow Rule::judge(const Case& asked) const {
  const Decision decision = decide(asked);
  const Verdict verdict{.request = asked.request,
                        .subject = asked.caller.subject,
                        .action = demand_.action,
                        .scope = scope(asked),
                        .reason = decision.reason,
                        .version = asked.view.book().version()};
  if (decision.allowed) {
    gate_.allowed(verdict);
    asked.request.keep_open_while(
        [this, &request = asked.request] { return still_holds(request); });
    return pass();
  }
  return reply(refusals::forbidden(demand_.required, gate_.refused(verdict)));
}

// A loop cannot ask the database. Until a job has done so, what was true a second ago goes on.
bool Rule::still_holds(Request& request) const {
  const Principal* const caller = request.principal();
  if (caller == nullptr) return false;
  View& view = gate_.view();
  view.refresh();
  Holding* holding = holding_of(*caller, view);
  if (holding == nullptr) {
    const auto found = gate_.looked_up().find(caller->subject);
    if (!found) {
      gate_.looked_up().want(caller->subject);
      return !gate_.knowledge().stale(request.now());
    }
    holding = &view.keep(caller->subject, found->edition, *found->assignments);
  }
  return decide({request, *caller, view, *holding}).allowed;
}

Decision Rule::decide(const Case& asked) const {
  const bool by_permission =
      demand_.kind == Demand::Kind::AnyOf || demand_.kind == Demand::Kind::AllOf;
  if (!by_permission && !within_scopes(asked.caller, Everything)) return OutOfScope;
  switch (demand_.kind) {
    case Demand::Kind::Role: return decide_role(asked);
    case Demand::Kind::Owner:
      return {.allowed = is_owner(asked),
              .reason = is_owner(asked) ? Reason::Granted : Reason::NothingMatches};
    case Demand::Kind::AnyOf:
    case Demand::Kind::AllOf: break;
  }
  const bool enough = demand_.kind == Demand::Kind::AnyOf;
  Decision last{.allowed = false, .reason = Reason::NothingMatches};
  for (const Demand::Permission& permission : demand_.permissions) {
    last = decide(asked, permission);
    if (last.allowed == enough) return last;
  }
  return last;
}

// An owner who was explicitly denied the permission itself does not get it by being the owner, also
// not by a key that was made for what is their own.
Decision Rule::decide(const Case& asked, const Demand::Permission& permission) const {
  Decision plain = ask(asked, permission.question);
  if (plain.allowed && !within_scopes(asked.caller, permission.name)) plain = OutOfScope;
  const bool final = plain.allowed || plain.reason == Reason::DeniedByGrant;
  if (final || !permission.own || !is_owner(asked)) return plain;
  return within_scopes(asked.caller, permission.own_name) ? ask(asked, *permission.own) : plain;
}

Decision Rule::decide_role(const Case& asked) const {
  const bool has = holds_role(asked.view.book(), asked.holding.assignments(), demand_.use.role,
                              {scope(asked), asked.request.unix_time()});
  return {.allowed = has, .reason = has ? Reason::Granted : Reason::NoAssignment};
}

Decision Rule::ask(const Case& asked, Question question) const {
  const RequestAttributes attributes(asked.request, asked.caller, demand_.use);
  return asked.view.decide(asked.holding, question, {scope(asked), attributes});
}

bool Rule::is_owner(const Case& asked) const noexcept {
  return asked.request.param(demand_.use.owner.param) == asked.caller.subject;
}

std::string_view Rule::scope(const Case& asked) const {
  return demand_.use.scope.empty() ? std::string_view() : demand_.use.scope.render(asked.request);
}

}  // namespace portico::rbac
