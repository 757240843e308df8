// SPDX-License-Identifier: Apache-2.0
// The gateway's `secret`: as the file says it, or made on first start and kept beside our other
// files, readable by nobody else.
#pragma once

#include "base/result.h"
#include "config/settings.h"

#include <string>

namespace portico::cli {

/// The error says which file and what to do.
[[nodiscard]] Result<std::string> secret_of(const config::Settings& settings);
/// One that nobody keeps.
[[nodiscard]] std::string fresh_secret();

}  // namespace portico::cli
