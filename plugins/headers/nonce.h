// SPDX-License-Identifier: Apache-2.0
// A number used once, as CSP wants it: 128 bits that nobody can guess, in base64.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace portico::headers {

class Nonce {
 public:
  static constexpr std::size_t Bytes = 16;

  explicit Nonce(std::span<const std::byte, Bytes> random) noexcept;
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), text_.size()}; }

 private:
  std::array<char, 24> text_;
};

}  // namespace portico::headers
