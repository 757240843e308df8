// SPDX-License-Identifier: Apache-2.0
// Texts of statements that share a piece, such as a list of columns, joined when they are compiled.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace portico {
inline namespace shared {
namespace joining {

template <const std::string_view&... Pieces>
inline constexpr auto JoinedText = [] {
  std::array<char, (Pieces.size() + ... + 0)> text{};
  char* at = text.data();
  ((at = std::copy(Pieces.begin(), Pieces.end(), at)), ...);
  return text;
}();

}  // namespace joining

/// Pieces are constants with static storage: `static constexpr std::string_view`.
template <const std::string_view&... Pieces>
inline constexpr std::string_view Joined{joining::JoinedText<Pieces...>.data(),
                                         joining::JoinedText<Pieces...>.size()};

}  // namespace shared
}  // namespace portico
