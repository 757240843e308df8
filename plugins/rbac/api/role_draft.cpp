// SPDX-License-Identifier: Apache-2.0
#include "api/role_draft.h"

#include "api/last_administrator.h"
#include "condition/condition.h"
#include "model/permission.h"
#include "shared/json_out.h"
#include "shared/refusal.h"
#include "store/grants.h"
#include "store/roles.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace portico::rbac {
namespace {

void refuse_twice(const std::vector<Grant>& grants, const Grant& grant, const std::string& where) {
  const bool twice = std::ranges::any_of(grants, [&](const Grant& each) {
    return each.pattern == grant.pattern && each.effect == grant.effect;
  });
  if (!twice) return;
  throw Refusal::of_field(where, "bad_permission",
                          "\"" + grant.pattern + "\" stands there twice; write it once.");
}

std::vector<Grant> grants_of(const std::vector<GrantBody>& bodies, const FreeFields& free,
                             const std::string& of_role) {
  std::vector<Grant> grants;
  grants.reserve(bodies.size());
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const std::string where = of_role + "/permissions/" + std::to_string(i);
    Grant grant =
        grant_of(bodies[i].permission, bodies[i].effect, free.text(where + "/condition"), where);
    refuse_twice(grants, grant, where + "/permission");
    grants.push_back(std::move(grant));
  }
  return grants;
}

std::vector<std::int64_t> numbers_of(Reader& db, const std::vector<std::string>& names) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto role = roles::find(db, names[i]);
    if (!role) {
      throw Refusal::of_field("/parents/" + std::to_string(i), "unknown_parent",
                              "There is no role \"" + names[i] + "\".");
    }
    if (std::ranges::find(numbers, role->number) == numbers.end()) numbers.push_back(role->number);
  }
  return numbers;
}

std::string_view code_of(GraphFault::Kind kind) {
  switch (kind) {
    case GraphFault::Kind::Cycle: return "cycle";
    case GraphFault::Kind::TooDeep: return "depth_exceeded";
    case GraphFault::Kind::UnknownParent: break;
  }
  return "unknown_parent";
}

bool adds_deny(const Role& before, const Role& after) {
  return std::ranges::any_of(after.grants, [&](const Grant& each) {
    return each.effect == Effect::Deny &&
           std::ranges::find(before.grants, each) == before.grants.end();
  });
}

}  // namespace

void RoleDraft::complete() {
  if (!description) description.emplace();
  if (!parents) parents.emplace();
  if (!grants) grants.emplace();
}

std::string RoleDraft::fields() const {
  JsonOut out;
  out.begin_object().key("fields").begin_list();
  if (description) out.value("description");
  if (parents) out.value("parents");
  if (grants) out.value("permissions");
  return std::string(out.end_list().end_object().text());
}

RoleDraft draft_of(const RoleBody& body, const FreeFields& free, const std::string& where) {
  RoleDraft draft{.description = body.description, .parents = body.parents, .grants = {}};
  if (body.permissions) draft.grants = grants_of(*body.permissions, free, where);
  return draft;
}

Grant grant_of(std::string_view pattern, std::string_view effect, const std::string& condition,
               const std::string& where) {
  std::string fault = fault_of_pattern(pattern);
  if (!fault.empty()) {
    throw Refusal::of_field(where + "/permission", "bad_permission", std::move(fault));
  }
  Grant grant{.pattern = std::string(pattern),
              .effect = effect_of(effect).value_or(Effect::Allow),
              .condition = {}};
  if (condition.empty()) return grant;
  const auto parsed = Condition::parse(condition);
  if (const auto* const wrong = std::get_if<Condition::Fault>(&parsed)) {
    throw Refusal::of_field(where + "/condition" + wrong->where, "bad_condition", wrong->sentence);
  }
  grant.condition = std::get<Condition>(parsed).text();
  return grant;
}

void refuse_graph(const std::optional<GraphFault>& fault, const std::string& where) {
  if (fault) throw Refusal::of_field(where, code_of(fault->kind), fault->sentence);
}

void check_change(Reader& db, const Parts& parts, const OwnSet& own, const Role& changed) {
  const bool same_parents = std::ranges::is_permutation(roles::parents(db, changed.number),
                                                        changed.parents, {}, &Parent::number);
  const bool denies_more = adds_deny(*roles::whole(db, changed.name), changed);
  if (same_parents && !denies_more && own.unbounded()) return;
  std::vector<Role> all = roles::all(db);
  if (!same_parents) refuse_graph(RoleGraph(all).fault_of(changed), "/parents");
  const auto before = Book::compile(all, 0);
  *std::ranges::find(all, changed.number, &Role::number) = changed;
  const auto after = Book::compile(all, 0);
  own.check_change(*before, *after, changed.number);
  keep_an_administrator(db, parts, before, after);
}

void write_draft(Transaction& db, const Parts& parts, const OwnSet& own, std::string_view name,
                 const RoleDraft& draft) {
  Role role = *roles::whole(db, name);
  if (draft.parents) role.parents = numbers_of(db, *draft.parents);
  if (draft.grants) role.grants = *draft.grants;
  if (draft.parents || draft.grants) check_change(db, parts, own, role);
  if (draft.description) roles::describe(db, role.number, *draft.description);
  if (draft.parents) roles::set_parents(db, role.number, role.parents);
  if (draft.grants) grants::replace(db, role.number, role.grants);
  roles::touch(db, role.number, parts.host.unix_time());
}

}  // namespace portico::rbac
