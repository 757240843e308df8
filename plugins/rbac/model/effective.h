// SPDX-License-Identifier: Apache-2.0
// What a set of assignments brings at a time: the grants of its roles and of all that they inherit.
// For people; allocates. Any thread.
#pragma once

#include "model/assignment.h"
#include "model/book.h"
#include "model/role.h"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

struct EffectiveGrant {
  std::string pattern;
  Effect effect = Effect::Allow;
  std::string condition;  ///< As JSON; empty: always.
  std::string scope;
  std::vector<std::string> path;  ///< Names of roles: from the assigned one to that with the grant.
};

/// As they count: an allow that cannot be read is left out, a deny has no condition, or "**" for
/// its pattern (grant_reading.h). In the order of the assignments, and of each the nearest role
/// first.
[[nodiscard]] std::vector<EffectiveGrant> effective(const Book& book,
                                                    std::span<const Assignment> assignments,
                                                    std::chrono::microseconds now);

/// A part of what is allowed.
struct Reach {
  struct Exception {
    std::string pattern;
    std::string condition;
    std::string scope;

    friend auto operator<=>(const Exception&, const Exception&) = default;
  };

  std::string pattern;
  std::string condition;
  std::string scope;
  std::vector<Exception> except;  ///< What denies take away of it, or may take away.

  friend auto operator<=>(const Reach&, const Reach&) = default;
};

/// Which permissions "type:action" and "type:action:..." the assignments allow at that time. What a
/// deny takes away wholly and always is left out. Sorted, each once.
[[nodiscard]] std::vector<Reach> reach(const Book& book, std::span<const Assignment> assignments,
                                       std::chrono::microseconds now, std::string_view type,
                                       std::string_view action);

}  // namespace portico::rbac
