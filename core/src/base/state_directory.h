// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace portico::base {

/// Where files of our own are: $STATE_DIRECTORY (its first part, as systemd lists several), else
/// /var/lib/portico. Nothing is made.
[[nodiscard]] std::filesystem::path state_directory();

}  // namespace portico::base
