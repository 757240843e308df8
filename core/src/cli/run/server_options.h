// SPDX-License-Identifier: Apache-2.0
// The file's settings, as the server takes them.
#pragma once

#include "config/settings.h"
#include "server/options.h"

#include <cstddef>

namespace portico::cli {

/// The listeners in the order of the file, then the admin's.
[[nodiscard]] server::Options server_options(const config::Settings& settings);
/// Of this machine; at least one.
[[nodiscard]] std::size_t cores();

}  // namespace portico::cli
