// SPDX-License-Identifier: Apache-2.0
// Addresses and blocks of them. IPv4 is kept as ::ffff:a.b.c.d, so that one comparison serves both.
#include "base/text.h"
#include "config/units.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace portico::config {
namespace {

constexpr std::size_t MappedBytes = 12;
constexpr int MappedBits = 96;
constexpr std::array<std::uint8_t, MappedBytes> Mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_v4(const Address& address) noexcept {
  return std::equal(Mapped.begin(), Mapped.end(), address.begin());
}

/// The bits of one byte that belong to a prefix of so many bits.
std::uint8_t mask_of(std::size_t byte, int prefix) noexcept {
  const int bits = std::clamp(prefix - static_cast<int>(byte) * 8, 0, 8);
  return static_cast<std::uint8_t>(0xff00 >> bits);
}

Address network_of(const Address& address, int prefix) noexcept {
  Address network = address;
  for (std::size_t i = 0; i < network.size(); ++i) {
    network[i] = static_cast<std::uint8_t>(network[i] & mask_of(i, prefix));
  }
  return network;
}

std::string quote(std::string_view text) { return '"' + base::shorten(text, 60) + '"'; }

/// The number behind the slash; nothing when it is not one of up to three digits.
std::optional<int> parse_prefix(std::string_view digits) noexcept {
  if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0'))
    return {};
  // from_chars would take a sign.
  if (!std::all_of(digits.begin(), digits.end(), base::is_digit)) return {};
  int prefix = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  return prefix;
}

}  // namespace

std::optional<Address> parse_ip(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN + 1> buffer{};
  if (text.empty() || text.size() >= buffer.size()) return {};
  if (text.find('\0') != std::string_view::npos) return {};
  std::copy(text.begin(), text.end(), buffer.begin());
  Address address{};
  if (text.find(':') != std::string_view::npos) {
    if (inet_pton(AF_INET6, buffer.data(), address.data()) != 1) return {};
    return address;
  }
  std::copy(Mapped.begin(), Mapped.end(), address.begin());
  if (inet_pton(AF_INET, buffer.data(), address.data() + MappedBytes) != 1) return {};
  return address;
}

std::string print_ip(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (is_v4(address)) {
    inet_ntop(AF_INET, address.data() + MappedBytes, buffer.data(), buffer.size());
  } else {
    inet_ntop(AF_INET6, address.data(), buffer.data(), buffer.size());
  }
  return buffer.data();
}

Result<Cidr> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const std::optional<Address> address = parse_ip(host);
  if (!address) {
    return Error(quote(text) + " is not a network; write an address or a block such as 10.0.0.0/8");
  }
  Cidr block{*address, 128};
  if (slash == std::string_view::npos) return block;

  const bool v6_form = host.find(':') != std::string_view::npos;
  const int most = v6_form ? 128 : 32;
  const std::optional<int> prefix = parse_prefix(text.substr(slash + 1));
  if (!prefix || *prefix > most) {
    return Error("the prefix of " + quote(text) + " is not a number from 0 to " +
                 std::to_string(most) + "; write a block such as " +
                 (v6_form ? "fd00::/8" : "10.0.0.0/8"));
  }
  const int bits = v6_form ? *prefix : *prefix + MappedBits;
  block.prefix = static_cast<std::uint8_t>(bits);
  block.network = network_of(*address, bits);
  if (block.network != *address) {
    return Error(quote(text) + " has bits beyond its prefix; write " + print_cidr(block));
  }
  return block;
}

std::string print_cidr(const Cidr& block) {
  std::string text = print_ip(block.network);
  if (block.prefix == 128) return text;
  const bool v4 = is_v4(block.network) && block.prefix >= MappedBits;
  return text + '/' + std::to_string(v4 ? block.prefix - MappedBits : block.prefix);
}

}  // namespace portico::config

namespace portico {

bool Cidr::contains(const std::array<std::uint8_t, 16>& address) const noexcept {
  const std::size_t whole = std::min<std::size_t>(prefix / 8U, network.size());
  if (std::memcmp(network.data(), address.data(), whole) != 0) return false;
  if (whole == network.size()) return true;
  return ((network[whole] ^ address[whole]) & config::mask_of(whole, prefix)) == 0;
}

}  // namespace portico
