// SPDX-License-Identifier: Apache-2.0
// Addresses of clients as bytes, and the block of them that counts as one client.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::ratelimit {

/// IPv4 as mapped IPv6.
using Address = std::array<std::uint8_t, 16>;

/// None for what is no address, such as that of a socket in the file system.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text) noexcept;

/// The block of that size which an IPv6 address is in: whoever has one of its addresses has all of
/// them. An IPv4 address stands for itself.
[[nodiscard]] Address block_of(const Address& address, unsigned prefix) noexcept;

}  // namespace portico::ratelimit
