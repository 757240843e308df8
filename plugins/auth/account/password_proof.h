// SPDX-License-Identifier: Apache-2.0
// Whether a password is the one that was stored. About 20 ms, whatever comes of it.
#pragma once

#include "account/parts.h"

#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

/// Costs the same where nothing is stored, or nothing of use, which an operator hears of.
[[nodiscard]] bool proves(const Parts& parts, const std::optional<std::string>& stored,
                          std::string_view password);

}  // namespace portico::auth
