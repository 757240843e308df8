// SPDX-License-Identifier: Apache-2.0
// Where a listener binds: "0.0.0.0:8080", "[::]:8080" or "unix:/run/portico/http.sock". Host names
// are refused: what they mean changes, and a server that starts on another address than meant is a
// hole.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::config {

struct ListenAddress {
  enum class Family : std::uint8_t { V4, V6, Unix };

  Family family = Family::V4;
  std::string host;        ///< The address without brackets; empty for Unix.
  std::uint16_t port = 0;  ///< 0: any free one.
  std::string path;        ///< Of the socket; empty but for Unix.

  /// As it would be written.
  [[nodiscard]] std::string text() const;
  /// Reachable from this machine alone.
  [[nodiscard]] bool loopback() const noexcept;
  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace portico::config
