// SPDX-License-Identifier: Apache-2.0
// The hash that keys and endpoints are compared by. It is the same on every node and after every
// start. For placing, not for secrets.
#pragma once

#include <cstdint>
#include <string_view>

namespace portico::proxy {

/// The last step of splitmix64: every bit of the result depends on every bit of the number.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t z) noexcept {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// FNV-1a, mixed.
[[nodiscard]] constexpr std::uint64_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return mixed(hash);
}

}  // namespace portico::proxy
