// SPDX-License-Identifier: Apache-2.0
// The time as HTTP writes it ("Sun, 06 Nov 1994 08:49:37 GMT"), made anew when the second changes.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

namespace portico::server {

class HttpDate {
 public:
  static constexpr std::size_t Length = 29;

  /// Valid until the next call.
  [[nodiscard]] std::string_view text(std::chrono::microseconds unix_time) noexcept {
    const auto second = std::chrono::floor<std::chrono::seconds>(unix_time);
    if (second != second_) write(second);
    return {text_.data(), Length};
  }

 private:
  void write(std::chrono::seconds second) noexcept;

  std::chrono::seconds second_ = std::chrono::seconds::min();
  std::array<char, Length> text_{};
};

}  // namespace portico::server
