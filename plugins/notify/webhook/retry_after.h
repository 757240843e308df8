// SPDX-License-Identifier: Apache-2.0
// `Retry-After`. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace portico::notify::webhook {

/// How long to wait from now, whether it says so in seconds or names a time. A time that is past is
/// 0; nothing where it says neither.
[[nodiscard]] std::optional<std::chrono::seconds> read_retry_after(
    std::string_view text, std::chrono::microseconds now) noexcept;

}  // namespace portico::notify::webhook
