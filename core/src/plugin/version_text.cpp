// SPDX-License-Identifier: Apache-2.0
#include "plugin/version_text.h"

#include "base/text.h"

#include <charconv>
#include <cstdint>
#include <utility>

namespace portico::plugin {
namespace {

/// Takes the first number off; what is no number counts as 0.
std::uint32_t take_number(std::string_view& numbers) noexcept {
  const std::size_t dot = numbers.find('.');
  const std::string_view first = numbers.substr(0, dot);
  numbers = dot == std::string_view::npos ? std::string_view() : numbers.substr(dot + 1);
  std::uint32_t number = 0;
  std::from_chars(first.data(), first.data() + first.size(), number);
  return number;
}

}  // namespace

std::string_view version_family(std::string_view version) noexcept {
  const std::size_t underscore = version.rfind('_');
  const bool numbered = underscore != std::string_view::npos && underscore + 1 < version.size() &&
                        base::is_digit(version[underscore + 1]);
  return numbered ? version.substr(0, underscore) : version;
}

bool version_less(std::string_view left, std::string_view right) noexcept {
  if (left.empty() || right.empty()) return left.empty() && !right.empty();
  left = left.substr(left.rfind('_') + 1);
  right = right.substr(right.rfind('_') + 1);
  while (!left.empty() || !right.empty()) {
    const std::uint32_t a = take_number(left);
    const std::uint32_t b = take_number(right);
    if (a != b) return a < b;
  }
  return false;
}

}  // namespace portico::plugin
