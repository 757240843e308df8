// SPDX-License-Identifier: Apache-2.0
#include "fetch/address_guard.h"

#include "base/text.h"
#include "http/forwarded.h"
#include <portico/fetch.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace portico::fetch {
namespace {

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

[[nodiscard]] bool is_public4(std::uint32_t address) noexcept {
  return std::ranges::none_of(Special4, [address](const Block4& block) {
    return (address ^ block.network) >> (32 - block.bits) == 0;
  });
}

[[nodiscard]] std::uint32_t word(const loop::dns::Address& address, std::size_t at) noexcept {
  return std::uint32_t{address[at]} << 24 | std::uint32_t{address[at + 1]} << 16 |
         std::uint32_t{address[at + 2]} << 8 | std::uint32_t{address[at + 3]};
}

}  // namespace

bool is_public(const loop::dns::Address& address) noexcept {
  const std::uint32_t first = word(address, 0);
  if (first == 0 && word(address, 4) == 0 && word(address, 8) == 0xffff) {
    return is_public4(word(address, 12));
  }
  // Of IPv6 only 2000::/3 is given out. Within it 2001::/23 (tunnels and tests), 2001:db8::/32,
  // 2002::/16 (an IPv4 address inside) and 3fff::/20 are not for anybody's server.
  return first >> 29 == 1 && first >> 9 != 0x20010000U >> 9 && first != 0x20010db8 &&
         first >> 16 != 0x2002 && first >> 12 != 0x3fff0;
}

bool is_internal_name(std::string_view host) noexcept {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string name = base::to_lower(host);
  for (const std::string_view own :
       {"localhost", "internal", "local", "localdomain", "intranet", "home.arpa", "lan", "corp"}) {
    if (name == own) return true;
    if (name.size() > own.size() && name.ends_with(own) &&
        name[name.size() - own.size() - 1] == '.') {
      return true;
    }
  }
  return false;
}

}  // namespace portico::fetch

namespace portico {

bool is_public_host(std::string_view host) {
  if (const auto address = http::parse_address(host)) return fetch::is_public(*address);
  // What else has a colon is no name.
  return host.find(':') == std::string_view::npos && !fetch::is_internal_name(host);
}

}  // namespace portico
