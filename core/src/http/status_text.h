// SPDX-License-Identifier: Apache-2.0
// The phrases of RFC 9110 for status codes.
#pragma once

#include <cstdint>
#include <string_view>

namespace portico::http {

/// "Not Found" for 404; the phrase of its class for a code without one of its own.
[[nodiscard]] std::string_view status_text(std::uint16_t status) noexcept;
/// "HTTP/1.1 404 Not Found" with its end; empty for a code without a phrase of its own.
[[nodiscard]] std::string_view status_line(std::uint16_t status) noexcept;

}  // namespace portico::http
