// SPDX-License-Identifier: Apache-2.0
#include "model/explanation.h"

#include "condition/condition.h"
#include "model/paths.h"
#include "model/permission.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace portico::rbac {
namespace {

using Found = GrantTable::Found;
using Item = Explanation::Item;

class Account {
 public:
  Account(const Book& book, const Query& query) : book_(book), query_(query) {}

  void add(const Assignment& assignment) {
    const Heritage* const heritage = book_.heritage(assignment.role);
    if (heritage == nullptr) return;
    const Paths paths(book_, book_.place(assignment.role));
    for (const Effect effect : {Effect::Deny, Effect::Allow}) {
      heritage->search(query_.matches.of(effect), [&](const Found& found) {
        add(assignment, paths, effect, found);
        return false;
      });
    }
  }

  std::vector<Item> matched;
  std::vector<Item> rejected;

 private:
  void add(const Assignment& assignment, const Paths& paths, Effect effect, const Found& found) {
    const Grant& grant = book_.grant(found.role, found.grant);
    Item item{paths.to(found.role), assignment.scope,    grant.pattern, effect,
              grant.condition,      standing(assignment)};
    const bool counts = item.why.empty();
    const bool holds =
        counts && (effect == Effect::Deny ? applies(found, item) : gives(found, item));
    (holds ? matched : rejected).push_back(std::move(item));
  }

  /// Why the assignment does not count; empty where it does.
  [[nodiscard]] std::string standing(const Assignment& assignment) const {
    if (!assignment.reaches(query_.scope)) {
      return "The role is assigned for another scope than is asked about.";
    }
    if (!assignment.begun(query_.now)) return "The assignment has not begun yet.";
    if (assignment.ended(query_.now)) return "The assignment has expired.";
    return "";
  }

  [[nodiscard]] bool gives(const Found& found, Item& item) const {
    if (found.condition == GrantTable::Always) return true;
    if (found.condition == GrantTable::Never) {
      item.why = "The condition cannot be read, so that the grant never holds.";
      return false;
    }
    const Condition& condition = book_.condition(found.condition);
    const Truth truth = condition.truth(query_.attributes);
    if (truth == Truth::Yes) return true;
    item.why =
        (truth == Truth::No ? "The condition is not met: " : "The condition cannot be told: ") +
        condition.failing(query_.attributes);
    return false;
  }

  [[nodiscard]] bool applies(const Found& found, Item& item) const {
    if (found.condition == GrantTable::Always) {
      const bool written = item.condition.empty() && fault_of_pattern(item.pattern).empty();
      if (!written) item.why = unreadable(found);
      return true;
    }
    const Condition& condition = book_.condition(found.condition);
    const Truth truth = condition.truth(query_.attributes);
    if (truth == Truth::Yes) return true;
    item.why = truth == Truth::No ? "The condition is not met: "
                                  : "The condition cannot be told, so that the deny applies: ";
    item.why += condition.failing(query_.attributes);
    return truth == Truth::Unknown;
  }

  /// Of a deny that applies whatever is asked.
  [[nodiscard]] std::string unreadable(const Found& found) const {
    const std::int64_t role = book_.roles()[found.role].number;
    const auto all = book_.unreadable();
    const auto it = std::ranges::find_if(all, [&](const Unreadable& each) {
      return each.role == role && each.grant == found.grant;
    });
    return "The grant cannot be read, so that the deny applies: " +
           (it == all.end() ? std::string() : it->sentence);
  }

  const Book& book_;
  const Query& query_;
};

std::string granter(const Book& book, const Decision& decision) {
  const Role& role = *book.role(decision.role);
  return "the role \"" + role.name + "\", by \"" + role.grants[decision.grant].pattern + "\".";
}

std::string sentence(const Book& book, const Decision& decision) {
  switch (decision.reason) {
    case Reason::Granted: return "Allowed by " + granter(book, decision);
    case Reason::DeniedByGrant: return "Denied by " + granter(book, decision);
    case Reason::ConditionFailed:
      return "Refused: the condition is not met under which it is allowed by " +
             granter(book, decision);
    case Reason::NothingMatches: return "Refused: no role that counts here and now allows it.";
    case Reason::NoAssignment: break;
  }
  return "Refused: no role is assigned that counts here and now.";
}

}  // namespace

Explanation explain(const Book& book, std::span<const Assignment> assignments,
                    std::string_view permission, std::string_view scope,
                    std::chrono::microseconds now, const Attributes& attributes) {
  const Matches matches = book.matches(permission);
  const Query query{matches, scope, now, attributes};
  const Decision decision = decide(book, assignments, query);
  Account account(book, query);
  for (const Assignment& assignment : assignments) account.add(assignment);
  const std::string fault = fault_of_permission(permission);
  return {decision.allowed, decision.reason, fault.empty() ? sentence(book, decision) : fault,
          std::move(account.matched), std::move(account.rejected)};
}

}  // namespace portico::rbac
