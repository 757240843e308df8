// SPDX-License-Identifier: Apache-2.0
// Why a decision is what it is: every grant for the permission that the assignments bring, and what
// became of it. For people; allocates. Any thread.
#pragma once

#include "condition/attributes.h"
#include "model/assignment.h"
#include "model/book.h"
#include "model/decision.h"
#include "model/role.h"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

struct Explanation {
  struct Item {
    std::vector<std::string>
        path;             ///< Names of roles: from the assigned one to that with the grant.
    std::string scope;    ///< Of the assignment.
    std::string pattern;  ///< As it is written there; the condition, too.
    Effect effect = Effect::Allow;
    std::string condition;
    std::string
        why;  ///< A sentence: why it was rejected, or why it applies in spite of a condition.
  };

  bool allowed = false;
  Reason reason = Reason::NoAssignment;
  std::string sentence;
  std::vector<Item> matched;   ///< Allows that hold and denies that apply.
  std::vector<Item> rejected;  ///< The others: not there, not now, or by their conditions.
};

/// Says what `decide` does with the same arguments, and why.
[[nodiscard]] Explanation explain(const Book& book, std::span<const Assignment> assignments,
                                  std::string_view permission, std::string_view scope,
                                  std::chrono::microseconds now, const Attributes& attributes);

}  // namespace portico::rbac
