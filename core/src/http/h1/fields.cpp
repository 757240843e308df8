// SPDX-License-Identifier: Apache-2.0
#include "http/h1/fields.h"

#include "base/text.h"
#include "http/h1/characters.h"

#include <algorithm>
#include <array>
#include <limits>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace portico::http::h1 {
namespace {

constexpr std::size_t LongestName = 255;

[[nodiscard]] bool is_port(std::string_view text) noexcept {
  if (text.size() > 5) return false;
  unsigned port = 0;
  for (const char c : text) {
    if (!base::is_digit(c)) return false;
    port = port * 10 + static_cast<unsigned>(c - '0');
  }
  return port <= 65535;
}

[[nodiscard]] bool is_v6(std::string_view text) noexcept {
  std::array<char, INET6_ADDRSTRLEN> copy;
  if (text.size() >= copy.size()) return false;
  *std::copy(text.begin(), text.end(), copy.begin()) = '\0';
  in6_addr address;
  return ::inet_pton(AF_INET6, copy.data(), &address) == 1;
}

}  // namespace

std::optional<std::uint64_t> content_length(std::string_view value) noexcept {
  constexpr std::uint64_t Most = std::numeric_limits<std::int64_t>::max();
  if (value.empty()) return std::nullopt;
  std::uint64_t length = 0;
  for (const char c : value) {
    if (!base::is_digit(c)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (length > (Most - digit) / 10) return std::nullopt;
    length = length * 10 + digit;
  }
  return length;
}

bool is_chunked(std::string_view value) noexcept { return is_name(value, "chunked"); }

bool is_authority(std::string_view text) noexcept {
  if (text.starts_with('[')) {
    const std::size_t bracket = text.find(']');
    if (bracket == std::string_view::npos || !is_v6(text.substr(1, bracket - 1))) return false;
    text.remove_prefix(bracket + 1);
    return text.empty() || (text.front() == ':' && is_port(text.substr(1)));
  }
  bool after_dot = true;
  std::size_t end = 0;
  for (; end < text.size() && is(NameByte, text[end]); ++end) {
    if (text[end] == '.' && after_dot) return false;
    after_dot = text[end] == '.';
  }
  if (end == 0 || end > LongestName) return false;
  return end == text.size() || (text[end] == ':' && is_port(text.substr(end + 1)));
}

}  // namespace portico::http::h1
