// SPDX-License-Identifier: Apache-2.0
// Base64 with `+` and `/`, as hashes of passwords are written. Strict: no blanks, and no bits that
// say nothing. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

enum class Padding : std::uint8_t { None, Required };

[[nodiscard]] std::string base64(std::string_view bytes, Padding padding = Padding::None);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text, Padding padding);

}  // namespace portico::auth
