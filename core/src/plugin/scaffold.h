// SPDX-License-Identifier: Apache-2.0
// `portico plugin new NAME`: a folder with a plugin that builds, loads and passes its test.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// Makes `directory`/NAME and returns the files made. Errors: a name that is not [a-z][a-z0-9_]*, a
/// folder that exists, a folder that cannot be written; what was made of it is then removed again.
[[nodiscard]] Result<std::vector<std::filesystem::path>> scaffold(
    std::string_view name, const std::filesystem::path& directory);

}  // namespace portico::plugin
