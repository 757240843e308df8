// SPDX-License-Identifier: Apache-2.0
// Whether somebody may do what they ask for. Pure; any thread; allocates nothing and takes no lock.
//
// Of the assignments those count that are for the scope of what is asked, or for all, and whose
// time it is. What their roles grant, themselves or by inheritance, is what the asker has: a deny
// that applies decides, through whichever path it comes; else an allow that holds; else it is
// refused. A condition that cannot be told, for want of an attribute, makes a deny apply and an
// allow not hold.
#pragma once

#include "condition/attributes.h"
#include "model/assignment.h"
#include "model/book.h"
#include "model/matches.h"
#include "model/tenure.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::rbac {

enum class Reason : std::uint8_t {
  Granted,
  DeniedByGrant,
  NothingMatches,   ///< Of the assignments that count, none has a grant that allows it.
  NoAssignment,     ///< None counts: there is none, or none there or none now.
  ConditionFailed,  ///< What would allow it does so under conditions that are not met.
};

struct Query {
  const Matches& matches;  ///< By the book that decides.
  std::string_view scope;
  std::chrono::microseconds now;
  const Attributes& attributes;
};

struct Decision {
  bool allowed = false;
  Reason reason = Reason::NoAssignment;
  /// Which role allowed, denied or would have allowed, and by which of its grants. 0: none did.
  std::int64_t role = 0;
  std::uint32_t grant = 0;
  /// The whole decision is the same for every time, scope and attribute: it may be kept for this
  /// book, this permission and these assignments. Not every one that is so is known to be.
  bool settled = false;

  friend bool operator==(const Decision&, const Decision&) = default;
};

/// Assignments of roles that the book does not have give nothing.
[[nodiscard]] Decision decide(const Book& book, std::span<const Tenure> tenures,
                              const Query& query) noexcept;
[[nodiscard]] Decision decide(const Book& book, std::span<const Assignment> assignments,
                              const Query& query) noexcept;

}  // namespace portico::rbac
