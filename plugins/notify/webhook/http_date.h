// SPDX-License-Identifier: Apache-2.0
// Times in headers. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace portico::notify::webhook {

/// "Sun, 06 Nov 1994 08:49:37 GMT", since 1970. The two obsolete forms of RFC 9110 are not read,
/// and the day of the week is not compared with the date.
[[nodiscard]] std::optional<std::chrono::seconds> read_http_date(std::string_view text) noexcept;

}  // namespace portico::notify::webhook
