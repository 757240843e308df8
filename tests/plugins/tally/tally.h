// SPDX-License-Identifier: Apache-2.0
// The service "tally/1", shared by the plugins gives and needs.
#pragma once

#include <cstdint>
#include <string_view>

class Tally {
 public:
  static constexpr std::string_view ServiceName = "tally/1";
  /// Counts one more and returns how many there were.
  virtual std::uint64_t count() noexcept = 0;

 protected:
  ~Tally() = default;
};
