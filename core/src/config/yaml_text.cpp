// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_text.h"

#include "base/text.h"

#include <algorithm>
#include <string>

namespace portico::config {

namespace {

constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

/// Why the character of `length` bytes that `text` begins with may not be in a file; empty: it may.
std::string_view objection(std::string_view text, std::size_t length) noexcept {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (length == 0) return "not UTF-8";
  if (byte == 0) return "a NUL byte";
  if (byte == '\r' && !text.starts_with("\r\n")) return "a carriage return without a line feed";
  if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
    return "a control character";
  }
  // Of the C1 block, YAML 1.2 allows only NEL, which nothing but a mainframe writes.
  if (byte == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0) return "a control character";
  if (text.starts_with(ByteOrderMark)) return "a byte order mark within the file";
  return {};
}

bool looks_like_utf16(std::string_view text) noexcept {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
}

}  // namespace

std::string_view without_bom(std::string_view text) noexcept {
  if (text.starts_with(ByteOrderMark)) text.remove_prefix(ByteOrderMark.size());
  return text;
}

bool check_text(std::string_view text, std::uint32_t file, Problems& problems) {
  if (looks_like_utf16(text)) {
    problems.error({file, 1, 1}, {}, "the file is in UTF-16", "save it as UTF-8");
    return false;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    const std::string_view rest = text.substr(at);
    const std::size_t length = base::utf8_length(rest);
    const std::string_view why = objection(rest, length);
    if (!why.empty()) {
      const std::string bytes =
          base::escape_control(rest.substr(0, std::max<std::size_t>(length, 1)));
      problems.error(mark_at(text, at, file), {}, std::string(why).append(" (").append(bytes) + ")",
                     length == 0 ? "save the file as UTF-8" : "remove it");
      return false;
    }
    at += length;
  }
  return true;
}

Mark mark_at(std::string_view text, std::size_t offset, std::uint32_t file) noexcept {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.find_last_of('\n') + 1;  // npos + 1 is 0: the first line.
  return {file, static_cast<std::uint32_t>(lines) + 1,
          static_cast<std::uint32_t>(before.size() - start) + 1};
}

std::string_view line_at(std::string_view text, std::uint32_t line) noexcept {
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace portico::config
