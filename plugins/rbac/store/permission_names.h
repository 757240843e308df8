// SPDX-License-Identifier: Apache-2.0
// The permissions that applications say there are, with a sentence each: for whoever composes
// roles. Any thread that may block; what throws is SqlError.
#pragma once

#include "store/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

struct PermissionName {
  std::string name;
  std::string description;
  Time created{0};
};

namespace permission_names {

/// By name; `after` is that of the last one of the page before.
[[nodiscard]] std::vector<PermissionName> page(Reader& db, std::string_view after,
                                               std::size_t limit);
/// False where it was there: then its description is the new one.
bool put(Transaction& db, std::string_view name, std::string_view description, Time now);
/// False where there was none.
bool remove(Transaction& db, std::string_view name);

}  // namespace permission_names
}  // namespace portico::rbac
