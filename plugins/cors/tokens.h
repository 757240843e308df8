// SPDX-License-Identifier: Apache-2.0
// Lists of tokens: in the settings, and as a browser sends them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portico::cors {

/// What is wrong with a method or with the name of a header in the settings; "*" is both.
[[nodiscard]] std::string fault_of_method(std::string_view text);
[[nodiscard]] std::string fault_of_header(std::string_view text);

/// "A, B".
[[nodiscard]] std::string join(const std::vector<std::string>& items);
[[nodiscard]] bool contains(const std::vector<std::string>& items, std::string_view item) noexcept;

/// The tokens of a comma-separated list that a stranger wrote, as "a, b", in a buffer of this
/// thread: until the next call. What is no token is left out, and so is all that follows the first
/// 64: an answer never holds more of a request than it must.
[[nodiscard]] std::string_view sound_tokens(std::string_view list);

}  // namespace portico::cors
