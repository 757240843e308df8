// SPDX-License-Identifier: Apache-2.0
#include "keys/address.h"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>

namespace portico::ratelimit {
namespace {

constexpr Address Mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};
constexpr std::size_t MappedBytes = 12;

// A tenth of what inet_pton takes, for each request.
std::optional<Address> parse_ipv4(std::string_view text) noexcept {
  Address address = Mapped;
  std::size_t at = 0;
  for (std::size_t part = 0; part < 4; ++part) {
    if (part > 0 && (at == text.size() || text[at++] != '.')) return std::nullopt;
    unsigned value = 0;
    const std::size_t begin = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      value = value * 10 + static_cast<unsigned>(text[at] - '0');
    }
    if (at == begin || at - begin > 3 || value > 255) return std::nullopt;
    address[MappedBytes + part] = static_cast<std::uint8_t>(value);
  }
  return at == text.size() ? std::optional(address) : std::nullopt;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) noexcept {
  if (const auto address = parse_ipv4(text)) return address;
  std::array<char, INET6_ADDRSTRLEN> terminated;
  if (text.size() >= terminated.size()) return std::nullopt;
  *std::copy(text.begin(), text.end(), terminated.begin()) = '\0';
  Address address;
  if (::inet_pton(AF_INET6, terminated.data(), address.data()) != 1) return std::nullopt;
  return address;
}

Address block_of(const Address& address, unsigned prefix) noexcept {
  if (std::equal(Mapped.begin(), Mapped.begin() + MappedBytes, address.begin())) return address;
  Address block{};
  const unsigned whole = std::min(prefix, 128U) / 8;
  std::copy(address.begin(), address.begin() + whole, block.begin());
  if (const unsigned rest = prefix % 8; whole < block.size() && rest != 0) {
    block[whole] = static_cast<std::uint8_t>(address[whole] & (0xff00U >> rest));
  }
  return block;
}

}  // namespace portico::ratelimit
