// SPDX-License-Identifier: Apache-2.0
#include "throttle/network.h"

#include <algorithm>
#include <array>
#include <optional>

#include <arpa/inet.h>

namespace portico::auth {
namespace {

using V4 = std::array<unsigned char, 4>;
using V6 = std::array<unsigned char, 16>;

template <int Family, class Bytes>
[[nodiscard]] std::optional<Bytes> read(const std::string& address) {
  Bytes bytes{};
  if (::inet_pton(Family, address.c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

template <int Family, class Bytes>
[[nodiscard]] std::string write(const Bytes& bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(Family, bytes.data(), text.data(), text.size());
  return text.data();
}

/// ::ffff:192.0.2.7 is an address of IPv4, as a socket for both shows it.
[[nodiscard]] std::optional<V4> mapped(const V6& bytes) {
  constexpr std::array<unsigned char, 12> Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (!std::equal(Prefix.begin(), Prefix.end(), bytes.begin())) return std::nullopt;
  V4 inner{};
  std::copy(bytes.begin() + Prefix.size(), bytes.end(), inner.begin());
  return inner;
}

[[nodiscard]] std::string masked(std::string_view address, int v4_bytes) {
  std::string text(address);
  std::optional<V4> v4 = read<AF_INET, V4>(text);
  std::optional<V6> v6 = v4 ? std::nullopt : read<AF_INET6, V6>(text);
  if (v6) v4 = mapped(*v6);
  if (v4) {
    std::fill(v4->begin() + v4_bytes, v4->end(), static_cast<unsigned char>(0));
    return write<AF_INET>(*v4) + (v4_bytes == 4 ? "" : "/24");
  }
  if (!v6) return text;
  std::fill(v6->begin() + 8, v6->end(), static_cast<unsigned char>(0));
  return write<AF_INET6>(*v6) + "/64";
}

}  // namespace

std::string network_of(std::string_view address) { return masked(address, 3); }

std::string subscriber_of(std::string_view address) { return masked(address, 4); }

}  // namespace portico::auth
