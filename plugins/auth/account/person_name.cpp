// SPDX-License-Identifier: Apache-2.0
#include "account/person_name.h"

#include "shared/ascii.h"
#include "shared/code_points.h"

#include <cstddef>

namespace portico::auth {
namespace {

constexpr std::size_t MostCodePoints = 100;
constexpr std::size_t MostBytes = 4 * MostCodePoints;

/// Ends a field of a mail's head for some program, or has a name read from its other side.
bool misleads(char32_t point) noexcept {
  return is_control(point) || is_separator(point) || turns_direction(point);
}

}  // namespace

std::string fault_of_person_name(std::string_view text) {
  text = without_outer_spaces(text);
  if (text.empty()) return "A name has at least one character.";
  if (text.size() > MostBytes) return "A name has at most 100 characters.";
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    const auto point = first_code_point(text);
    if (!point) return "A name is written in UTF-8.";
    if (misleads(point->value)) return "A name has no line ends and no other control characters.";
    text.remove_prefix(point->bytes);
  }
  return count > MostCodePoints ? "A name has at most 100 characters." : "";
}

std::optional<std::string> read_person_name(std::string_view text) {
  if (!fault_of_person_name(text).empty()) return std::nullopt;
  return std::string(without_outer_spaces(text));
}

}  // namespace portico::auth
