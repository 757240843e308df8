// SPDX-License-Identifier: Apache-2.0
// What a file is called by its content.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace portico::base {

/// SHA-256 in hexadecimal. Throws std::runtime_error when OpenSSL refuses.
[[nodiscard]] std::string sha256(std::span<const std::byte> bytes);

}  // namespace portico::base
