// SPDX-License-Identifier: Apache-2.0
// The grammar of permissions and of patterns. Pure; any thread.
//
// A permission is what somebody asks for: 2 to 4 segments of a-z, 0-9, '_' and '-', each of at most
// 40 characters, joined by ':', as in "orders:read" and "orders:update:own". A pattern is what a
// role grants or denies: the same, but a segment may be "*", which stands for exactly one whole
// segment, and the last may be "**", which stands for one or more. "**" alone matches everything.
#pragma once

#include <string>
#include <string_view>

namespace portico::rbac {

/// Empty where the text is a permission; else a sentence that says what to write.
[[nodiscard]] std::string fault_of_permission(std::string_view text);
/// The same of a pattern.
[[nodiscard]] std::string fault_of_pattern(std::string_view text);
/// The same of a role's name: `[a-z][a-z0-9_-]{1,62}`.
[[nodiscard]] std::string fault_of_role_name(std::string_view text);

// A text that is no pattern matches, covers and meets nothing; nor is one that is no permission
// matched. These read the texts anew each time: a Book (book.h) does so once.

[[nodiscard]] bool matches(std::string_view pattern, std::string_view permission) noexcept;

/// Whether `wider` matches every permission that `narrower` does. Exact: "*:**" covers "**".
[[nodiscard]] bool covers(std::string_view wider, std::string_view narrower) noexcept;

/// The pattern of the permissions that both match; empty where there is none.
[[nodiscard]] std::string meet(std::string_view pattern, std::string_view other);

}  // namespace portico::rbac
