// SPDX-License-Identifier: Apache-2.0
#include "webhook/address.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include <arpa/inet.h>

namespace portico::notify::webhook {
namespace {

/// What either form takes at most.
constexpr std::size_t MostText = 45;

struct Block4 {
  std::uint32_t network;
  unsigned bits;
};

/// What IANA's registry of special addresses calls not globally reachable, and multicast.
constexpr std::array<Block4, 16> Special4{{{0x00000000, 8},
                                           {0x0a000000, 8},
                                           {0x64400000, 10},
                                           {0x7f000000, 8},
                                           {0xa9fe0000, 16},
                                           {0xac100000, 12},
                                           {0xc0000000, 24},
                                           {0xc0000200, 24},
                                           {0xc01fc400, 24},
                                           {0xc0586300, 24},
                                           {0xc0a80000, 16},
                                           {0xc6120000, 15},
                                           {0xc6336400, 24},
                                           {0xcb007100, 24},
                                           {0xe0000000, 4},
                                           {0xf0000000, 4}}};

bool is_public4(std::uint32_t address) noexcept {
  return std::ranges::none_of(Special4, [address](const Block4& block) {
    return (address ^ block.network) >> (32 - block.bits) == 0;
  });
}

std::uint32_t word(const NetworkAddress& address, std::size_t at) noexcept {
  return std::uint32_t{address[at]} << 24 | std::uint32_t{address[at + 1]} << 16 |
         std::uint32_t{address[at + 2]} << 8 | std::uint32_t{address[at + 3]};
}

}  // namespace

std::optional<NetworkAddress> read_ipv4(std::string_view text) {
  // A NUL would end what inet_pton sees.
  if (text.size() > MostText || text.find('\0') != std::string_view::npos) return std::nullopt;
  NetworkAddress address{};
  address[10] = address[11] = 0xff;
  if (inet_pton(AF_INET, std::string(text).c_str(), &address[12]) != 1) return std::nullopt;
  return address;
}

std::optional<NetworkAddress> read_ipv6(std::string_view text) {
  if (text.size() > MostText || text.find('\0') != std::string_view::npos) return std::nullopt;
  NetworkAddress address{};
  if (inet_pton(AF_INET6, std::string(text).c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

bool is_public(const NetworkAddress& address) noexcept {
  const std::uint32_t first = word(address, 0);
  if (first == 0 && word(address, 4) == 0 && word(address, 8) == 0xffff) {
    return is_public4(word(address, 12));
  }
  // Of IPv6 only 2000::/3 is given out. Within it 2001::/23 (tunnels and tests), 2001:db8::/32,
  // 2002::/16 (an IPv4 address inside) and 3fff::/20 are not for anybody's server.
  return first >> 29 == 1 && first >> 9 != 0x20010000U >> 9 && first != 0x20010db8 &&
         first >> 16 != 0x2002 && first >> 12 != 0x3fff0;
}

}  // namespace portico::notify::webhook
