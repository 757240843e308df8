// SPDX-License-Identifier: Apache-2.0
// What each role gives and takes away: one grant for a pattern and an effect. In the order of
// patterns, as everywhere else. Patterns and conditions were checked before. Any thread that may
// block; what throws is SqlError.
#pragma once

#include "model/role.h"
#include <portico/sql.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::rbac {

[[nodiscard]] std::string_view name_of(Effect effect) noexcept;
[[nodiscard]] std::optional<Effect> effect_of(std::string_view name) noexcept;

namespace grants {

/// Of all roles, by their numbers.
[[nodiscard]] std::vector<std::pair<std::int64_t, Grant>> all(Reader& db);
[[nodiscard]] std::vector<Grant> of(Reader& db, std::int64_t role);

/// In the place of the one for that pattern and effect.
void put(Transaction& db, std::int64_t role, const Grant& grant);
/// Without an effect, both. False where there was none.
bool remove(Transaction& db, std::int64_t role, std::string_view pattern,
            std::optional<Effect> effect);
/// In the place of all.
void replace(Transaction& db, std::int64_t role, std::span<const Grant> grants);

}  // namespace grants
}  // namespace portico::rbac
