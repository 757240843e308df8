// SPDX-License-Identifier: Apache-2.0
// The values of the few fields that the codec itself must understand.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::http::h1 {

/// Digits alone, up to 2^63 - 1. Neither a sign nor a list: "5, 5" was written by two who may not
/// agree.
[[nodiscard]] std::optional<std::uint64_t> content_length(std::string_view value) noexcept;

/// The one transfer coding served: "chunked" alone, in any case.
[[nodiscard]] bool is_chunked(std::string_view value) noexcept;

/// "host" or "host:port": a name of letters, digits, '-', '.', '_' without empty labels but for a
/// final dot, or an IPv6 address in brackets. Narrower than RFC 3986: what else it allows in a name
/// is no host's, and routes would compare it.
[[nodiscard]] bool is_authority(std::string_view text) noexcept;

}  // namespace portico::http::h1
