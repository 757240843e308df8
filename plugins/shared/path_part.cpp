// SPDX-License-Identifier: Apache-2.0
#include "shared/path_part.h"

namespace portico {
inline namespace shared {
namespace {

constexpr std::string_view Digits = "0123456789ABCDEF";

/// Core has made all escapes whole, and in upper case.
char unescaped(std::string_view two) {
  return static_cast<char>(Digits.find(two[0]) * 16 + Digits.find(two[1]));
}

constexpr bool plain(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~' || c == ':' || c == '*';
}

}  // namespace

std::string path_part(const Request& request, std::string_view name) {
  std::string_view rest = request.param(name).value_or("");
  std::string text;
  while (!rest.empty()) {
    const bool escape = rest.front() == '%' && rest.size() > 2;
    text += escape ? unescaped(rest.substr(1, 2)) : rest.front();
    rest.remove_prefix(escape ? 3 : 1);
  }
  return text;
}

std::string escaped_part(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (plain(c)) {
      escaped += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    escaped.append("%").append(1, Digits[byte >> 4U]).append(1, Digits[byte & 15U]);
  }
  return escaped;
}

}  // namespace shared
}  // namespace portico
