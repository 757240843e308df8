// SPDX-License-Identifier: Apache-2.0
// Tags of languages, "de" or "de-AT". Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

/// In lower case, for "de-at" is "de-AT"; from the closest on, each less by its last part:
/// "de-at", "de". Empty for an empty one.
[[nodiscard]] std::vector<std::string> locales_from(std::string_view locale);

}  // namespace portico::notify
