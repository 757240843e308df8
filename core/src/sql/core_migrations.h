// SPDX-License-Identifier: Apache-2.0
// Core's own tables in the databases that plugins use, owner "core". They are applied before those
// of plugins, to each database that some plugin has asked for before `start`.
#pragma once

#include <portico/sql.h>

#include <span>
#include <string_view>

namespace portico::sql {

constexpr std::string_view CoreOwner = "core";

/// In the order of their numbers. The rules are those for plugins.
[[nodiscard]] std::span<const Migration> core_migrations() noexcept;

}  // namespace portico::sql
