// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace portico::base {

/// What a digit of either case is worth; -1 when it is none.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Two lower-case digits for each byte.
[[nodiscard]] std::string hex(std::span<const std::byte> bytes);

}  // namespace portico::base
