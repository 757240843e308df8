// SPDX-License-Identifier: Apache-2.0
// Ed25519 on raw keys. Any thread. An OpenSSL that cannot do its work throws std::runtime_error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

inline constexpr std::size_t KeySize = 32;
inline constexpr std::string_view PublicPrefix = "whpk_";

/// Requires a private key of KeySize bytes; so does `ed25519_signature`.
[[nodiscard]] std::string public_key_of(std::string_view private_key);

/// 64 bytes.
[[nodiscard]] std::string ed25519_signature(std::string_view private_key, std::string_view content);

/// False too where the key or the signature is none.
[[nodiscard]] bool ed25519_verifies(std::string_view public_key, std::string_view content,
                                    std::string_view signature);

}  // namespace portico::notify::webhook
