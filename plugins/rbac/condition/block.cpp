// SPDX-License-Identifier: Apache-2.0
#include "condition/address.h"

#include <charconv>
#include <system_error>

namespace portico::rbac::condition {
namespace {

constexpr unsigned MappedBits = 96;  // Those that every IPv4 address begins with.

/// Ones where a block of that many bits looks, in one half of an address.
std::uint64_t mask_of(unsigned bits) noexcept {
  if (bits == 0) return 0;
  return bits >= 64 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (64 - bits);
}

Address first_of(const Address& address, unsigned bits) noexcept {
  return {address.high & mask_of(bits), address.low & mask_of(bits < 64 ? 0 : bits - 64)};
}

/// What stands on both sides of the slash, whether it makes a block or not.
struct Written {
  std::optional<Address> address;
  std::optional<unsigned> bits;  ///< Of 128.
};

std::optional<unsigned> parse_bits(std::string_view text, unsigned most) noexcept {
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc() || end != text.data() + text.size() || bits > most) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return bits;
}

Written read(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  const std::string_view before = text.substr(0, slash);
  Written written{parse_address(before), std::nullopt};
  if (!written.address || slash == std::string_view::npos) return written;
  const bool dotted = before.find(':') == std::string_view::npos;
  written.bits = parse_bits(text.substr(slash + 1), dotted ? 32 : 128);
  if (written.bits && dotted) *written.bits += MappedBits;
  return written;
}

}  // namespace

bool Block::contains(const Address& address) const noexcept {
  // ::/0 has the bits of the mapped addresses, which are none of its family.
  return first_of(address, bits) == first && address.is_ipv4() == first.is_ipv4();
}

std::string fault_of_block(std::string_view text) {
  const auto [address, bits] = read(text);
  if (!address) return "Write a block of addresses, such as \"10.0.0.0/8\" or \"2001:db8::/32\".";
  if (!bits) {
    const std::string whole = text_of(*address) + (address->is_ipv4() ? "/32" : "/128");
    return "Write how many bits of the address count, as in \"" + whole + "\".";
  }
  const Address first = first_of(*address, *bits);
  if (first == *address) return {};
  return "The address has bits behind those that count; write \"" + text_of(Block{first, *bits}) +
         "\".";
}

std::optional<Block> parse_block(std::string_view text) {
  const auto [address, bits] = read(text);
  if (!address || !bits || first_of(*address, *bits) != *address) return std::nullopt;
  return Block{*address, *bits};
}

std::string text_of(const Block& block) {
  const unsigned bits = block.first.is_ipv4() ? block.bits - MappedBits : block.bits;
  return text_of(block.first) + '/' + std::to_string(bits);
}

}  // namespace portico::rbac::condition
