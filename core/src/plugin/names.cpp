// SPDX-License-Identifier: Apache-2.0
#include "plugin/names.h"

#include "base/text.h"

#include <algorithm>

namespace portico::plugin {
namespace {

constexpr std::size_t Longest = 200;

/// Begins with a lower-case letter, ends with a letter or digit, and has only these and `joints`,
/// of which no two stand side by side.
bool is_joined(std::string_view name, std::string_view joints) noexcept {
  if (name.empty() || name.size() > Longest || name[0] < 'a' || name[0] > 'z') return false;
  bool after_joint = false;
  for (const char c : name) {
    const bool joint = joints.find(c) != std::string_view::npos;
    const bool plain = (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '_';
    if (!(joint ? !after_joint : plain)) return false;
    after_joint = joint;
  }
  return !after_joint;
}

}  // namespace

bool is_word(std::string_view name) noexcept { return is_joined(name, ""); }

bool is_middleware_name(std::string_view name, std::string_view plugin) noexcept {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return is_word(name);
  return name.substr(0, dot) == plugin && is_word(plugin) && is_word(name.substr(dot + 1));
}

bool is_command_name(std::string_view name) noexcept { return is_joined(name, "-"); }

bool is_versioned_name(std::string_view name) noexcept {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos || !is_joined(name.substr(0, slash), ".-")) return false;
  const std::string_view version = name.substr(slash + 1);
  return !version.empty() && version.size() <= 4 && version[0] != '0' &&
         std::all_of(version.begin(), version.end(), base::is_digit);
}

bool is_permission(std::string_view name) noexcept { return is_joined(name, ":.-"); }

bool is_route_method(std::string_view name) noexcept {
  if (name.empty() || name.size() > 32 || name == "CONNECT" || name == "TRACE") return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string quoted(std::string_view name) {
  return '"' + base::escape_control(base::shorten(name, 80)) + '"';
}

}  // namespace portico::plugin
