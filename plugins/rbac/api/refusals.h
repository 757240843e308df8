// SPDX-License-Identifier: Apache-2.0
// Refusals that are found in more than one place.
#pragma once

#include "shared/refusal.h"

#include <string_view>

namespace portico::rbac {

[[nodiscard]] Refusal no_such_role(std::string_view name);
[[nodiscard]] Refusal no_such_user();
[[nodiscard]] Refusal of_the_system();

}  // namespace portico::rbac
