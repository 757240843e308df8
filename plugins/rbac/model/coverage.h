// SPDX-License-Identifier: Apache-2.0
// Whether somebody has all of a pattern: nobody grants more than their own. For writes; any thread.
#pragma once

#include "model/assignment.h"
#include "model/book.h"

#include <span>
#include <string_view>

namespace portico::rbac {

/// Whether the assignments give everything that the pattern matches, without a condition,
/// everywhere and for ever, and no deny of theirs takes some of it away, be it under a condition,
/// in one scope or at another time. Exact: several grants may cover a pattern together, "a:*" and
/// "a:*:**" what "a:**" does.
[[nodiscard]] bool covers(const Book& book, std::span<const Assignment> assignments,
                          std::string_view pattern);

}  // namespace portico::rbac
