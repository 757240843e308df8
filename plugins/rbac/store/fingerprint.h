// SPDX-License-Identifier: Apache-2.0
// Tells one state of a thing from another: FNV-1a of 64 bits, the same on every node and for ever.
// It withstands chance and nobody who means harm: whoever brings about two states that look alike
// fools themselves alone. Values, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::rbac {

class Fingerprint {
 public:
  /// "ab", "c" and "a", "bc" are two things.
  Fingerprint& add(std::string_view part) noexcept {
    for (const char c : part) add_byte(static_cast<unsigned char>(c));
    // No byte of UTF-8.
    add_byte(0xFFU);
    return *this;
  }
  /// Sixteen hexadecimal digits.
  [[nodiscard]] std::string text() const {
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += Digits[state_ >> shift & 0xFU];
    return text;
  }

 private:
  void add_byte(unsigned char byte) noexcept {
    state_ ^= byte;
    state_ *= 0x100000001B3U;
  }

  std::uint64_t state_ = 0xCBF29CE484222325U;
};

}  // namespace portico::rbac
