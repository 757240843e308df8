// SPDX-License-Identifier: Apache-2.0
// The tables of the plugin. Their names begin with `rbac_`, for plugins share a database. The step
// that makes a table says what its columns mean.
#pragma once

#include <portico/sql.h>

#include <span>

namespace portico::rbac {

/// For Registrar::migrations.
[[nodiscard]] std::span<const Migration> migrations() noexcept;

}  // namespace portico::rbac
