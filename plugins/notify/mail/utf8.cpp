// SPDX-License-Identifier: Apache-2.0
#include "mail/utf8.h"

namespace portico::notify::mail {
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

bool ends_line(char32_t point) noexcept {
  const bool control = point < 0x20 || (point >= 0x7F && point <= 0x9F);
  return control || point == 0x2028 || point == 0x2029;
}

/// Whether all of it is UTF-8 and every code point is as `fits` says.
template <class Fits>
bool all_of(std::string_view text, Fits fits) noexcept {
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (!point || !fits(point->value)) return false;
    text.remove_prefix(point->size);
  }
  return true;
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

bool is_utf8(std::string_view text) noexcept {
  return all_of(text, [](char32_t) { return true; });
}

bool is_one_line(std::string_view text) noexcept {
  return all_of(text, [](char32_t point) { return !ends_line(point); });
}

}  // namespace portico::notify::mail
