// SPDX-License-Identifier: Apache-2.0
// Whether somebody has a role, directly or because another one has it too. Pure; allocates nothing.
#pragma once

#include "model/assignment.h"
#include "model/book.h"

#include <chrono>
#include <span>
#include <string_view>

namespace portico::rbac {

/// Where and when it is asked.
struct There {
  std::string_view scope;
  std::chrono::microseconds now;
};

[[nodiscard]] bool holds_role(const Book& book, std::span<const Assignment> assignments,
                              std::string_view role, const There& there) noexcept;

}  // namespace portico::rbac
