// SPDX-License-Identifier: Apache-2.0
// Keys for one purpose each, made from one secret: who learns one of them learns nothing of the
// secret or of the others.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace portico::base {

using Digest = std::array<unsigned char, 32>;

/// HKDF-SHA256; the label names the purpose. False when OpenSSL refuses.
[[nodiscard]] bool derive_key(std::span<const unsigned char> secret, std::string_view label,
                              std::span<unsigned char> out) noexcept;
/// HMAC-SHA256. Throws std::runtime_error when OpenSSL refuses.
[[nodiscard]] Digest authenticate(std::span<const unsigned char> key, std::string_view text);

}  // namespace portico::base
