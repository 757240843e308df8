// SPDX-License-Identifier: Apache-2.0
// Which headers an endpoint may ask for. Pure.
//
// They go into the request as they are, so nothing in them may end a line, frame another message,
// or be what the gateway itself says.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace portico::notify::webhook {

/// A sentence for whom wrote it (`header_invalid`), or nothing where there is no fault.
[[nodiscard]] std::optional<std::string> fault_of_header(std::string_view name,
                                                         std::string_view value);

/// The same of all: at most 20, each name once.
[[nodiscard]] std::optional<std::string> fault_of_headers(
    std::span<const std::pair<std::string, std::string>> headers);

}  // namespace portico::notify::webhook
