// SPDX-License-Identifier: Apache-2.0
// Settings as a short JSON text: what differs from the defaults, and the entries of `plugins`,
// `use` and `routes` as they were understood. For goldens.
#pragma once

#include "config/settings.h"

#include <string>

namespace portico::config {

[[nodiscard]] std::string settings_text(const Settings& settings);

}  // namespace portico::config
