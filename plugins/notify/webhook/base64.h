// SPDX-License-Identifier: Apache-2.0
// Base64 with `+`, `/` and padding, as Standard Webhooks writes secrets and signatures. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

[[nodiscard]] std::string base64(std::string_view bytes);

/// Strict: each sequence of bytes has one spelling, and every other one is refused.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace portico::notify::webhook
