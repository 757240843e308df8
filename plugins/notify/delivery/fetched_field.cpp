// SPDX-License-Identifier: Apache-2.0
#include "delivery/fetched_field.h"

#include "shared/ascii.h"

namespace portico::notify {
namespace {

constexpr std::size_t LongestShown = 1024;

}  // namespace

std::string_view field_of(const Fetched& fetched, std::string_view name) noexcept {
  for (const auto& [each, value] : fetched.headers) {
    if (same_letters(each, name)) return value;
  }
  return {};
}

std::string printable(std::string_view text) {
  std::string shown(text.substr(0, LongestShown));
  for (char& c : shown) {
    if (c < ' ' || c >= 0x7F) c = ' ';
  }
  return shown;
}

}  // namespace portico::notify
