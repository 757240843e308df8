// SPDX-License-Identifier: Apache-2.0
// Ids of requests: 128 bits as hexadecimal digits. One half is random and the same for all requests
// of a loop, the other runs through all 64-bit numbers in an order that looks random; no two are
// alike, and making one costs no system call. They are names, not secrets.
#pragma once

#include "base/arena.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace portico::server {

class RequestIds {
 public:
  RequestIds();
  /// In the arena.
  [[nodiscard]] std::string_view next(base::Arena& arena);

 private:
  std::array<char, 16> prefix_{};  // Digits.
  std::uint64_t counter_ = 0;
};

}  // namespace portico::server
