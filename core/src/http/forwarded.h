// SPDX-License-Identifier: Apache-2.0
// Who the client is, when proxies stand before us. The rule is applied once, here; nothing behind
// it looks at forwarded fields again. A peer that is no trusted proxy speaks for itself: what it
// forwards is removed. Of a trusted one's X-Forwarded-For, the client is the last address that is
// no trusted proxy.
#pragma once

#include "base/arena.h"
#include <portico/http.h>
#include <portico/units.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portico::http {

/// IPv6; IPv4 as mapped.
using Address = std::array<std::uint8_t, 16>;

[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
/// Room for any address as text, with the zero that ends it.
inline constexpr std::size_t AddressRoom = 46;
/// Mapped IPv4 as IPv4. A view into `space`.
[[nodiscard]] std::string_view write_address(const Address& address,
                                             std::span<char, AddressRoom> space);
/// The same in the arena.
[[nodiscard]] std::string_view address_text(const Address& address, base::Arena& arena);

struct Client {
  std::string_view address;
  std::string_view scheme;
  bool forwarded = false;  ///< By a proxy that we trust.
};

/// `peer` is who connected, `direct` what is known without forwarded fields.
[[nodiscard]] Client find_client(Headers& headers, const Address& peer, const Client& direct,
                                 std::span<const Cidr> trusted_proxies, base::Arena& arena);

}  // namespace portico::http
