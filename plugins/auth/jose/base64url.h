// SPDX-License-Identifier: Apache-2.0
// Base64 with the alphabet for URLs, as RFC 7515 §2 wants it: no padding. Strict and canonical:
// each sequence of bytes has one spelling, and every other one is refused, so that what was signed
// cannot be written in two ways. Bytes are held in char, as std::string holds them. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth::base64url {

[[nodiscard]] std::string encode(std::string_view bytes);

/// How many bytes a text of that length stands for, when it stands for any.
[[nodiscard]] constexpr std::size_t decoded_size(std::size_t length) noexcept {
  return length / 4 * 3 + (length % 4 == 0 ? 0 : length % 4 - 1);
}

/// Nothing where a character is not of the alphabet (`=`, `+`, `/` and blanks are not), where the
/// length is impossible, or where the last character has bits that say nothing.
[[nodiscard]] std::optional<std::string> decode(std::string_view text);

/// The same into the caller's buffer, without allocating. Returns how many bytes; nothing also
/// where the buffer is smaller than `decoded_size`. What the buffer holds after a refusal is
/// unspecified.
[[nodiscard]] std::optional<std::size_t> decode(std::string_view text,
                                                std::span<char> buffer) noexcept;

}  // namespace portico::auth::base64url
