// SPDX-License-Identifier: Apache-2.0
#include "account/person_name.h"

#include "text/ascii.h"
#include "text/code_points.h"

#include <cstddef>

namespace portico::auth {
namespace {

constexpr std::size_t MostCodePoints = 100;
constexpr std::size_t MostBytes = 4 * MostCodePoints;

/// C0, DEL and C1.
bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

/// Some programs end a line there, and so a field of a mail's head.
bool ends_line(char32_t point) { return point == 0x2028 || point == 0x2029; }

/// Embeddings, overrides and isolates: with them "moc.elpmaxe" is read from the other side.
bool turns_direction(char32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

std::string fault_of_person_name(std::string_view text) {
  text = without_outer_spaces(text);
  if (text.empty()) return "A name has at least one character.";
  if (text.size() > MostBytes) return "A name has at most 100 characters.";
  CodePoints points(text);
  std::size_t count = 0;
  while (const auto point = points.next()) {
    ++count;
    if (is_control(*point) || ends_line(*point) || turns_direction(*point)) {
      return "A name has no line ends and no other control characters.";
    }
  }
  if (!points.ended()) return "A name is written in UTF-8.";
  return count > MostCodePoints ? "A name has at most 100 characters." : "";
}

std::optional<std::string> read_person_name(std::string_view text) {
  if (!fault_of_person_name(text).empty()) return std::nullopt;
  return std::string(without_outer_spaces(text));
}

}  // namespace portico::auth
