// SPDX-License-Identifier: Apache-2.0
// The file's `log`, as the log takes it.
#pragma once

#include "config/settings.h"
#include "services/log/log.h"

namespace portico::cli {

[[nodiscard]] services::LogOptions log_options(const config::LogSettings& settings);

}  // namespace portico::cli
