// SPDX-License-Identifier: Apache-2.0
#include "webhook/address.h"

#include <array>
#include <cstddef>
#include <string>

#include <arpa/inet.h>

namespace portico::notify::webhook {
namespace {

/// What either form takes at most.
constexpr std::size_t MostText = 45;

bool is_of(int family, std::string_view text) {
  // A NUL would end what inet_pton sees.
  if (text.size() > MostText || text.find('\0') != std::string_view::npos) return false;
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(family, std::string(text).c_str(), address.data()) == 1;
}

}  // namespace

bool is_ipv4(std::string_view text) { return is_of(AF_INET, text); }
bool is_ipv6(std::string_view text) { return is_of(AF_INET6, text); }

}  // namespace portico::notify::webhook
