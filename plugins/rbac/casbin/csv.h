// SPDX-License-Identifier: Apache-2.0
// One line of comma-separated values, as Casbin reads policies. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::casbin {

/// Without blanks around a field, unless they stand in quotes; "" in quotes is one quote. Nothing
/// where a quote stands within a field or does not end.
[[nodiscard]] std::optional<std::vector<std::string>> fields_of(std::string_view line);

}  // namespace portico::rbac::casbin
