// SPDX-License-Identifier: Apache-2.0
#include "sql/core_migrations.h"

namespace portico::sql {

std::span<const Migration> core_migrations() noexcept { return {}; }

}  // namespace portico::sql
