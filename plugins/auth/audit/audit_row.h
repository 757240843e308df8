// SPDX-License-Identifier: Apache-2.0
// What the chain holds of an entry.
#pragma once

#include "store/digest.h"
#include <portico/sql.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portico::auth::audit {

inline constexpr std::string_view ChainedColumns =
    "id, at, actor_type, actor_id, action, target_type, target_id, outcome, session_id, "
    "request_id, "
    "detail, pii_digest";
inline constexpr std::size_t ChainedColumnCount = 12;

/// Its first columns are those. `before` is the hash of the entry before it.
[[nodiscard]] Digest hash_of(const Row& row, std::int64_t sequence, const Digest& before);

/// What the chain holds of what is personal.
[[nodiscard]] Digest digest_of_personal(std::span<const std::byte> salt,
                                        std::optional<std::string_view> ip,
                                        std::optional<std::string_view> agent,
                                        std::optional<std::string_view> pii);

}  // namespace portico::auth::audit
