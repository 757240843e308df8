// SPDX-License-Identifier: Apache-2.0
// Ids of rows: UUIDs of version 7, as Host::new_id makes them, whose order is that of the times
// when they were made. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portico {
inline namespace shared {
namespace uuid {

using Bytes = std::array<std::byte, 16>;

/// Not before any id, in the order of texts: where a list that descends begins.
inline constexpr std::string_view Last = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/// "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e": small letters, with the four hyphens; any version.
[[nodiscard]] std::string text_of(const Bytes& bytes);
/// Nothing for whatever `text_of` would not write. What a client sent passes here before it is
/// bound to a statement.
[[nodiscard]] std::optional<Bytes> parse(std::string_view text) noexcept;

}  // namespace uuid
}  // namespace shared
}  // namespace portico
