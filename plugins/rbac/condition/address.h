// SPDX-License-Identifier: Apache-2.0
// Addresses of the network and blocks of them, as `cidr` compares them. An IPv4-mapped IPv6 address
// is the IPv4 address: which of the two a client came by is the listener's affair, and a rule must
// not be got round by it. Values, any thread, no allocation but where a text is made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::rbac::condition {

struct Address {
  // Both halves as numbers; IPv4 in its mapped form, ::ffff:a.b.c.d.
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  [[nodiscard]] bool is_ipv4() const noexcept { return high == 0 && low >> 32U == 0xffff; }
  bool operator==(const Address&) const = default;
};

/// Nothing for what is no address: a zone, a port, brackets or a leading zero, which some read as
/// octal, make it none.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text) noexcept;
[[nodiscard]] std::string text_of(const Address& address);

/// All addresses of one family that begin with the same bits.
struct Block {
  Address first;
  unsigned bits = 0;  ///< Of 128, for IPv4 too.

  [[nodiscard]] bool contains(const Address& address) const noexcept;
  bool operator==(const Block&) const = default;
};

/// "10.0.0.0/8", "2001:db8::/32". Nothing where `fault_of_block` finds a fault.
[[nodiscard]] std::optional<Block> parse_block(std::string_view text);
/// A sentence that says what to write; empty where there is no fault.
[[nodiscard]] std::string fault_of_block(std::string_view text);
/// As `parse_block` reads it; a mapped block in the form of IPv4.
[[nodiscard]] std::string text_of(const Block& block);

}  // namespace portico::rbac::condition
