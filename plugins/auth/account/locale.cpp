// SPDX-License-Identifier: Apache-2.0
#include "account/locale.h"

#include "shared/ascii.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace portico::auth {
namespace {

constexpr std::string_view ZoneFolder = "/usr/share/zoneinfo/";
constexpr std::size_t MostZoneName = 64;
constexpr std::size_t MostSubtags = 3;

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 3 &&
         std::all_of(text.begin(), text.end(), is_small_letter);
}

bool is_subtag(std::string_view text) {
  return text.size() >= 2 && text.size() <= 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

bool is_locale(std::string_view text) {
  std::size_t dash = text.find('-');
  if (!is_language(text.substr(0, dash))) return false;
  std::size_t subtags = 0;
  while (dash != std::string_view::npos) {
    text.remove_prefix(dash + 1);
    dash = text.find('-');
    if (++subtags > MostSubtags || !is_subtag(text.substr(0, dash))) return false;
  }
  return true;
}

/// It becomes part of a path: each part begins with a letter, so none is "..". The parts of
/// "right/" and "posix/" are the same zones by another count of seconds.
bool is_zone_name(std::string_view text) {
  if (text.empty() || text.size() > MostZoneName || is_small_letter(text.front())) return false;
  bool begins = true;
  for (const char c : text) {
    const bool fits =
        is_letter(c) || (!begins && (is_digit(c) || c == '_' || c == '-' || c == '+' || c == '/'));
    if (!fits) return false;
    begins = c == '/';
  }
  return !begins;
}

bool is_known_zone(std::string_view name) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(ZoneFolder, ignored)) return true;
  return std::filesystem::is_regular_file(std::string(ZoneFolder) + std::string(name), ignored);
}

}  // namespace

std::string fault_of_locale(std::string_view text) {
  return is_locale(text) ? "" : "Write the language as \"de\" or \"de-CH\".";
}

std::string fault_of_time_zone(std::string_view text) {
  return is_zone_name(text) && is_known_zone(text)
             ? ""
             : "Write the time zone by its name, as \"Europe/Zurich\" or \"UTC\".";
}

}  // namespace portico::auth
