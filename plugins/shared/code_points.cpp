// SPDX-License-Identifier: Apache-2.0
#include "shared/code_points.h"

namespace portico {
inline namespace shared {
namespace {

/// What the first byte says: how long the sequence is, its bits of the code point, and the least
/// one that is written so; a length of 0 for a byte that begins none.
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;
};

Lead lead_of(unsigned char byte) noexcept {
  if (byte < 0x80) return {1, byte, 0};
  if ((byte & 0xE0U) == 0xC0) return {2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0U) == 0xE0) return {3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8U) == 0xF0) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

bool is_scalar(char32_t point) noexcept {
  return point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

}  // namespace

std::optional<CodePoint> first_code_point(std::string_view text) noexcept {
  if (text.empty()) return std::nullopt;
  const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.length == 0 || lead.length > text.size()) return std::nullopt;
  char32_t point = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80) return std::nullopt;
    point = (point << 6U) | (byte & 0x3FU);
  }
  if (point < lead.least || !is_scalar(point)) return std::nullopt;
  return CodePoint{point, lead.length};
}

std::size_t first_broken_byte(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto point = first_code_point(text.substr(at));
    if (!point) return at;
    at += point->bytes;
  }
  return std::string_view::npos;
}

std::string storable(std::string_view text) {
  std::string result(text);
  for (std::size_t at = 0; at < result.size();) {
    const auto point = first_code_point(std::string_view(result).substr(at));
    if (!point || point->value == 0) result[at] = '?';
    at += point ? point->bytes : 1;
  }
  return result;
}

std::optional<std::size_t> count_code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    const auto point = first_code_point(text);
    if (!point) return std::nullopt;
    text.remove_prefix(point->bytes);
  }
  return count;
}

}  // namespace shared
}  // namespace portico
