// SPDX-License-Identifier: Apache-2.0
#include "model/effective.h"

#include "model/paths.h"
#include "model/permission.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace portico::rbac {
namespace {

/// Calls `visit(assignment, paths, entry)` for each grant of an assignment whose time it is.
template <class Visit>
void each_grant(const Book& book, std::span<const Assignment> assignments,
                std::chrono::microseconds now, Visit visit) {
  for (const Assignment& assignment : assignments) {
    const std::uint32_t place = book.place(assignment.role);
    if (place == Book::None || !assignment.begun(now) || assignment.ended(now)) continue;
    const Paths paths(book, place);
    for (const std::uint32_t role : paths.roles()) {
      for (const GrantTable::Entry& entry : book.reading().entries(role)) {
        if (entry.condition != GrantTable::Never) visit(assignment, paths, entry);
      }
    }
  }
}

std::string condition_text(const Book& book, const GrantTable::Entry& entry) {
  if (entry.condition == GrantTable::Always) return "";
  return book.grant(entry.role, entry.grant).condition;
}

/// Takes from what is allowed what that deny takes. Whether anything is left.
bool except(Reach& reach, const Reach::Exception& deny) {
  const bool there = deny.scope == reach.scope || deny.scope == Assignment::Everywhere;
  // An allow for everywhere is excepted in the scope of a deny for one; of two scopes neither is.
  if (!there && reach.scope != Assignment::Everywhere) return true;
  const std::string taken = meet(reach.pattern, deny.pattern);
  if (taken.empty()) return true;
  if (there && deny.condition.empty() && covers(deny.pattern, reach.pattern)) return false;
  reach.except.push_back({taken, deny.condition, deny.scope});
  return true;
}

template <class T>
void sort_once(std::vector<T>& values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
}

}  // namespace

std::vector<EffectiveGrant> effective(const Book& book, std::span<const Assignment> assignments,
                                      std::chrono::microseconds now) {
  std::vector<EffectiveGrant> grants;
  each_grant(
      book, assignments, now,
      [&](const Assignment& assignment, const Paths& paths, const GrantTable::Entry& entry) {
        grants.push_back({std::string(book.reading().patterns().text(entry.pattern)),
                          book.grant(entry.role, entry.grant).effect, condition_text(book, entry),
                          assignment.scope, paths.to(entry.role)});
      });
  return grants;
}

std::vector<Reach> reach(const Book& book, std::span<const Assignment> assignments,
                         std::chrono::microseconds now, std::string_view type,
                         std::string_view action) {
  const std::string exact = std::string(type).append(":").append(action);
  const std::array<std::string, 2> asked{exact, exact + ":**"};
  std::vector<Reach> allowed;
  std::vector<Reach::Exception> denied;
  each_grant(book, assignments, now,
             [&](const Assignment& assignment, const Paths&, const GrantTable::Entry& entry) {
               const std::string_view pattern = book.reading().patterns().text(entry.pattern);
               for (const std::string& each : asked) {
                 const std::string both = meet(pattern, each);
                 if (both.empty()) continue;
                 const std::string condition = condition_text(book, entry);
                 if (book.grant(entry.role, entry.grant).effect == Effect::Deny) {
                   denied.push_back({both, condition, assignment.scope});
                 } else {
                   allowed.push_back({both, condition, assignment.scope, {}});
                 }
               }
             });
  sort_once(allowed);
  sort_once(denied);
  std::erase_if(allowed, [&](Reach& reach) {
    return std::ranges::any_of(denied, [&](const auto& deny) { return !except(reach, deny); });
  });
  return allowed;
}

}  // namespace portico::rbac
