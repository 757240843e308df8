// SPDX-License-Identifier: Apache-2.0
#include "casbin/lines.h"

namespace portico::rbac::casbin {

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view Blanks = " \t\r\v\f";
  const std::size_t begin = text.find_first_not_of(Blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(Blanks) - begin + 1);
}

std::vector<Line> lines_of(std::string_view text, std::string_view comment_marks) {
  constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(ByteOrderMark)) text.remove_prefix(ByteOrderMark.size());
  std::vector<Line> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    if (!line.empty() && comment_marks.find(line.front()) == std::string_view::npos) {
      lines.push_back({number, line});
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace portico::rbac::casbin
