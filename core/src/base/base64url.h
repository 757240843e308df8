// SPDX-License-Identifier: Apache-2.0
// Base64url without padding (RFC 4648 §5): bytes as text that fits a cookie, a URL and a column.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::base {

[[nodiscard]] constexpr std::size_t base64url_size(std::size_t bytes) noexcept {
  return (bytes * 4 + 2) / 3;
}
/// Into exactly `base64url_size` characters.
void write_base64url(std::span<const unsigned char> bytes, char* out) noexcept;
[[nodiscard]] std::string base64url(std::span<const unsigned char> bytes);
/// The bytes. Nothing for what is not written so by the above, to the last bit: two texts never
/// mean the same.
[[nodiscard]] std::optional<std::string> read_base64url(std::string_view text);

}  // namespace portico::base
