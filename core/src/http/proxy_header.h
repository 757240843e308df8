// SPDX-License-Identifier: Apache-2.0
// The PROXY protocol: what a balancer in front says before the client's first byte, in version 1
// (a line) or 2 (binary). Strict, because who speaks it says who the client is: a connection whose
// header is refused must be closed. The bytes of a listener that expects a header and gets
// something else are not for anybody. Any thread.
#pragma once

#include "http/forwarded.h"
#include "http/h1/framing.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::http {

struct Endpoint {
  Address address{};
  std::uint16_t port = 0;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct ProxyHeader {
  /// Longer ones, which the binary form could be, are refused.
  static constexpr std::size_t MostBytes = 4096;

  h1::Parsed state = h1::Parsed::More;
  std::size_t size = 0;  ///< After Done: of the header; the client's bytes follow.
  /// After Done, both or none. None where the balancer speaks for itself (a health check) or does
  /// not know: the connection's own ends count then.
  std::optional<Endpoint> source{};
  std::optional<Endpoint> destination{};
};

/// `bytes` begins where the connection begins, and holds all that came of it so far: after More,
/// call again with more.
[[nodiscard]] ProxyHeader parse_proxy_header(std::string_view bytes) noexcept;

}  // namespace portico::http
