// SPDX-License-Identifier: Apache-2.0
// Addresses of the network as an URL spells them, and which of them belong to the public internet.
// Pure. The gateway looks again at what it connects to; here the creator is told at once.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::notify::webhook {

/// Of IPv6; one of IPv4 as ::ffff:0:0/96 has it.
using NetworkAddress = std::array<std::uint8_t, 16>;

/// "192.0.2.1" with four plain decimal numbers.
[[nodiscard]] std::optional<NetworkAddress> read_ipv4(std::string_view text);
/// "2001:db8::1" without brackets; no zone.
[[nodiscard]] std::optional<NetworkAddress> read_ipv6(std::string_view text);

/// Private, local, shared, reserved, multicast and documentation blocks are not, nor are those that
/// carry an IPv4 address inside.
[[nodiscard]] bool is_public(const NetworkAddress& address) noexcept;

}  // namespace portico::notify::webhook
