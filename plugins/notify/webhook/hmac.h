// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA256 in one step. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::webhook {

/// 32 bytes. Throws std::runtime_error where OpenSSL cannot do its work.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view content);

}  // namespace portico::notify::webhook
