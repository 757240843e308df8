// SPDX-License-Identifier: Apache-2.0
// Settings as a short JSON text: what differs from the defaults, and the entries of `plugins`,
// `use` and `routes` as they were understood. For goldens.
#pragma once

#include "config/schema_model.h"
#include "config/settings.h"

#include <string>

namespace portico::config {

[[nodiscard]] std::string settings_text(const Settings& settings);
/// Any described struct: what differs from its defaults.
[[nodiscard]] std::string settings_text(const detail::ObjectSchema& schema, const void* object);

}  // namespace portico::config
