// SPDX-License-Identifier: Apache-2.0
// Lines of a text, numbered as editors do. Any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace portico::rbac::casbin {

struct Line {
  std::size_t number;
  std::string_view text;  ///< Without blanks around it; never empty, and no comment.
};

/// Those that say something: a comment begins with one of the marks. Views of the text.
[[nodiscard]] std::vector<Line> lines_of(std::string_view text, std::string_view comment_marks);

[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace portico::rbac::casbin
