// SPDX-License-Identifier: Apache-2.0
#include "condition/address.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <arpa/inet.h>

namespace portico::rbac::condition {
namespace {

constexpr std::uint64_t Mapped = 0xffffULL << 32U;
using Bytes = std::array<std::uint8_t, 16>;

// A tenth of what inet_pton takes.
std::optional<Address> parse_ipv4(std::string_view text) noexcept {
  std::uint64_t bits = 0;
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at == text.size() || text[at++] != '.')) return std::nullopt;
    const std::size_t begin = at;
    std::uint64_t value = 0;
    for (; at < text.size() && at - begin < 3 && text[at] >= '0' && text[at] <= '9'; ++at) {
      value = value * 10 + static_cast<std::uint64_t>(text[at] - '0');
    }
    if (at == begin || value > 255 || (text[begin] == '0' && at - begin > 1)) return std::nullopt;
    bits = bits << 8U | value;
  }
  return at == text.size() ? std::optional(Address{0, Mapped | bits}) : std::nullopt;
}

std::uint64_t half_of(const Bytes& bytes, std::size_t begin) noexcept {
  std::uint64_t half = 0;
  for (std::size_t i = begin; i < begin + 8; ++i) half = half << 8U | bytes[i];
  return half;
}

Bytes bytes_of(const Address& address) noexcept {
  Bytes bytes;
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(address.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(address.low >> (56 - 8 * i));
  }
  return bytes;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) noexcept {
  if (const auto address = parse_ipv4(text)) return address;
  std::array<char, INET6_ADDRSTRLEN> terminated;
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  *std::copy(text.begin(), text.end(), terminated.begin()) = '\0';
  Bytes bytes;
  if (::inet_pton(AF_INET6, terminated.data(), bytes.data()) != 1) return std::nullopt;
  return Address{half_of(bytes, 0), half_of(bytes, 8)};
}

std::string text_of(const Address& address) {
  const Bytes bytes = bytes_of(address);
  const int family = address.is_ipv4() ? AF_INET : AF_INET6;
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(family, bytes.data() + (address.is_ipv4() ? 12 : 0), text.data(), text.size());
  return text.data();
}

}  // namespace portico::rbac::condition
