// SPDX-License-Identifier: Apache-2.0
// What an answer from elsewhere says. Pure.
#pragma once

#include <portico/fetch.h>

#include <string>
#include <string_view>

namespace portico::notify {

/// The first value of that header, whose name is in small letters; empty when it is not there.
[[nodiscard]] std::string_view field_of(const Fetched& fetched, std::string_view name) noexcept;
/// The beginning of what may be anything, as it may be shown: printable ASCII.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace portico::notify
