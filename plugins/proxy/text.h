// SPDX-License-Identifier: Apache-2.0
// Small comparisons that every part here needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portico::proxy {

/// Memory that is used again and again, so that putting a text together costs nothing once it has
/// found its size.
using Draft = std::string;

[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
[[nodiscard]] std::string quoted(std::string_view text);
/// The one of them that was probably meant; empty when none is near.
[[nodiscard]] std::string_view closest(std::string_view word,
                                       const std::vector<std::string_view>& known);

/// What `text` holds before the first `mark`; takes both from it.
[[nodiscard]] std::string_view take_until(std::string_view& text, char mark) noexcept;

/// 0 to 15; -1 for what is no hexadecimal digit.
[[nodiscard]] int hex_value(char c) noexcept;

}  // namespace portico::proxy
