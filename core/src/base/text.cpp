// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace portico::base {

namespace {

constexpr std::string_view Blanks = " \t\r\n";

/// Requires that the sequence is valid and `length` long.
std::uint32_t code_point(std::string_view text, std::size_t length) noexcept {
  const auto byte = [text](std::size_t index) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[index]));
  };
  if (length == 1) return byte(0);
  std::uint32_t value = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t index = 1; index < length; ++index)
    value = (value << 6U) | (byte(index) & 0x3FU);
  return value;
}

/// C1 controls, what sets the direction of text, what has no width, and line separators: a terminal
/// or a log viewer would show something else than the file has.
bool deceives(std::uint32_t point) noexcept {
  return (point >= 0x80 && point <= 0x9F) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
         point == 0xFEFF;
}

void append_hex(std::string& out, std::uint32_t value, unsigned digits) {
  constexpr std::string_view Digits = "0123456789abcdef";
  for (unsigned shift = digits * 4; shift > 0; shift -= 4) {
    out += Digits[(value >> (shift - 4)) & 0xFU];
  }
}

void append_byte(std::string& out, char c) {
  switch (c) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  out += "\\x";
  append_hex(out, static_cast<unsigned char>(c), 2);
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ascii_lower);
  return lower;
}

bool iequals(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

std::string_view trim(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(Blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(Blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::string join(std::span<const std::string_view> pieces, std::string_view between) {
  std::string joined;
  for (const std::string_view& piece : pieces) {
    if (&piece != pieces.data()) joined += between;
    joined += piece;
  }
  return joined;
}

std::string escape_control(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::uint32_t point = length == 0 ? 0 : code_point(text, length);
    if (length == 0 || point < 0x20 || point == 0x7F) {
      append_byte(out, text[0]);
    } else if (deceives(point)) {
      out += "\\u{";
      append_hex(out, point, 4);
      out += '}';
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string shorten(std::string_view text, std::size_t limit) {
  constexpr std::string_view Dots = "...";
  if (text.size() <= limit) return std::string(text);
  std::size_t end = limit - std::min(limit, Dots.size());
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)).append(Dots.substr(0, limit));
}

std::size_t utf8_length(std::string_view text) noexcept {
  const auto byte = [text](std::size_t index) -> unsigned {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
  };
  const auto continues = [&byte](std::size_t index) { return (byte(index) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return text.empty() ? 0 : 1;
  if (lead < 0xC2 || lead > 0xF4 || !continues(1)) return 0;
  if (lead < 0xE0) return 2;
  if (!continues(2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = lead == 0xF0 && byte(1) < 0x90;
  const bool beyond = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || beyond || !continues(3) ? 0 : 4;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
  const std::size_t longer = std::max(left.size(), right.size());
  if (longer - std::min(left.size(), right.size()) > limit) return limit + 1;
  // Three rows of the usual table: a swap of neighbours looks two rows back.
  std::array<std::vector<std::size_t>, 3> rows;
  for (auto& row : rows) row.resize(right.size() + 1);
  std::iota(rows[0].begin(), rows[0].end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
      }
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
  }
  return std::min(rows[left.size() % 3][right.size()], limit + 1);
}

std::string_view closest(std::string_view word, std::span<const std::string_view> candidates) {
  // A third of the letters may be wrong; a longer word than this is no slip of the finger.
  constexpr std::size_t LongestWord = 64;
  if (word.empty() || word.size() > LongestWord) return {};
  const std::string lower = to_lower(word);
  std::size_t nearest = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(lower, to_lower(candidate), nearest - 1);
    if (distance < nearest) {
      nearest = distance;
      found = candidate;
    }
    if (nearest == 0) break;
  }
  return found;
}

}  // namespace portico::base
