// SPDX-License-Identifier: Apache-2.0
// Bytes that are gone when their time is over: a password that stays in freed memory is found in
// the next core dump.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <sodium/utils.h>

namespace portico::auth {

/// A copy of a text, ended by NUL, cut where it would not fit. No room on the heap, so that nothing
/// moves it and leaves a copy behind.
template <std::size_t Most>
class WipedText {
 public:
  explicit WipedText(std::string_view text) noexcept {
    std::copy_n(text.data(), std::min(text.size(), Most), bytes_.data());
  }
  WipedText(const WipedText&) = delete;
  WipedText& operator=(const WipedText&) = delete;
  ~WipedText() { sodium_memzero(bytes_.data(), bytes_.size()); }

  [[nodiscard]] const char* c_str() const noexcept { return bytes_.data(); }

 private:
  std::array<char, Most + 1> bytes_{};
};

/// In a time that tells nothing of where they differ; the lengths are no secret.
[[nodiscard]] inline bool equal_secrets(std::string_view one, std::string_view other) noexcept {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace portico::auth
