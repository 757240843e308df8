// SPDX-License-Identifier: Apache-2.0
// What a decision should be, the slow and simple way: by the words of the rules, text by text, up
// every way of inheritance there is. Shares nothing with model/ but its plain structs.
#pragma once

#include "condition/condition.h"
#include "model/assignment.h"
#include "model/decision.h"
#include "model/explanation.h"
#include "model/role.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace portico::rbac::model::test {

class Reference {
 public:
  struct Question {
    std::string permission;
    std::string scope;
    std::chrono::microseconds now;
  };
  /// A grant that an assignment brings: the scope, the assigned role, the role that has it, its
  /// pattern, effect and condition. As a set, because an explanation may name them in any order.
  using Line = std::tuple<std::string, std::string, std::string, std::string, Effect, std::string>;
  struct Verdict {
    bool allowed;
    Reason reason;
    std::multiset<Line> matched;
    std::multiset<Line> rejected;
  };

  explicit Reference(std::vector<Role> roles) : roles_(std::move(roles)) {}

  [[nodiscard]] Verdict judge(const std::vector<Assignment>& assignments, const Question& question,
                              const Attributes& facts) const {
    Verdict verdict{};
    bool counted = false;
    bool allowed = false;
    bool denied = false;
    bool failed = false;
    for (const Assignment& assignment : assignments) {
      const Role* const assigned = find(assignment.role);
      if (assigned == nullptr) continue;
      const bool there = assignment.scope == "*" || assignment.scope == question.scope;
      const bool begun =
          assignment.not_before.count() == 0 || question.now >= assignment.not_before;
      const bool over = assignment.expires.count() != 0 && question.now >= assignment.expires;
      const bool counts = there && begun && !over;
      counted = counted || counts;
      std::set<std::int64_t> seen;
      visit(*assigned, seen, [&](const Role& role) {
        for (const Grant& grant : role.grants) {
          if (!about(grant, question.permission)) continue;
          const bool holds = counts && (grant.effect == Effect::Deny ? applies(grant, facts)
                                                                     : gives(grant, facts));
          (holds ? verdict.matched : verdict.rejected)
              .insert({assignment.scope, assigned->name, role.name, grant.pattern, grant.effect,
                       grant.condition});
          allowed = allowed || (holds && grant.effect == Effect::Allow);
          denied = denied || (holds && grant.effect == Effect::Deny);
          failed = failed || (counts && !holds && grant.effect == Effect::Allow);
        }
      });
    }
    verdict.allowed = allowed && !denied;
    verdict.reason = denied    ? Reason::DeniedByGrant
                     : allowed ? Reason::Granted
                     : failed  ? Reason::ConditionFailed
                     : counted ? Reason::NothingMatches
                               : Reason::NoAssignment;
    return verdict;
  }

  /// Whether the pattern matches the permission, both of which are well formed.
  [[nodiscard]] static bool fits(const std::string& pattern, const std::string& permission) {
    if (pattern == "**") return true;
    const auto [first, others] = halves(pattern);
    const auto [asked, rest] = halves(permission);
    if (first != "*" && first != asked) return false;
    if (others.empty() || rest.empty()) return others.empty() && rest.empty();
    return fits(others, rest);
  }

 private:
  static std::pair<std::string, std::string> halves(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return {text, ""};
    return {text.substr(0, colon), text.substr(colon + 1)};
  }
  /// Random grants have bad patterns by one character alone.
  static bool readable(const std::string& pattern) {
    return pattern.find('!') == std::string::npos;
  }

  static bool about(const Grant& grant, const std::string& permission) {
    if (!readable(grant.pattern)) return grant.effect == Effect::Deny;
    return fits(grant.pattern, permission);
  }
  static bool gives(const Grant& grant, const Attributes& facts) {
    if (grant.condition.empty()) return true;
    const auto condition = Condition::parse(grant.condition);
    return condition.index() == 0 && std::get<0>(condition).truth(facts) == Truth::Yes;
  }
  static bool applies(const Grant& grant, const Attributes& facts) {
    if (grant.condition.empty()) return true;
    const auto condition = Condition::parse(grant.condition);
    return condition.index() != 0 || std::get<0>(condition).truth(facts) != Truth::No;
  }
  [[nodiscard]] const Role* find(std::int64_t number) const {
    for (const Role& role : roles_) {
      if (role.number == number) return &role;
    }
    return nullptr;
  }
  void visit(const Role& role, std::set<std::int64_t>& seen,
             const std::function<void(const Role&)>& visitor) const {
    if (!seen.insert(role.number).second) return;
    visitor(role);
    for (const std::int64_t parent : role.parents) {
      if (const Role* const found = find(parent)) visit(*found, seen, visitor);
    }
  }

  std::vector<Role> roles_;
};

}  // namespace portico::rbac::model::test
