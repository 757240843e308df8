// SPDX-License-Identifier: Apache-2.0
// How texts stand in a header: as they are where that says the same to every reader, as encoded
// words (RFC 2047) where not. What looks like an encoded word is itself encoded, so that no reader
// decodes what nobody encoded. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portico::notify::mail {

inline constexpr std::size_t MostHeaderLine = 76;
/// Behind that there is no room for an encoded word.
inline constexpr std::size_t MostColumn = 48;

/// A text without structure, as that of Subject. It begins at `column`, of MostColumn at most, and
/// is folded so that no line is longer than MostHeaderLine. Requires `is_one_line`; throws
/// std::invalid_argument for what is not UTF-8.
[[nodiscard]] std::string unstructured(std::string_view text, std::size_t column);

/// The same for the name before an address: atoms, a quoted text or encoded words.
[[nodiscard]] std::string phrase(std::string_view text, std::size_t column);

}  // namespace portico::notify::mail
