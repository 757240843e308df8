// SPDX-License-Identifier: Apache-2.0
// Which settings of a plugin a reload may not change.
#pragma once

#include "config/schema_model.h"

#include <string>
#include <vector>

namespace portico::plugin {

/// The fields marked `restart` whose values differ, as paths below the settings ("pool.size"). Both
/// objects are of the type that `schema` describes.
[[nodiscard]] std::vector<std::string> changed_restart_fields(const detail::ObjectSchema& schema,
                                                              const void* before,
                                                              const void* after);

}  // namespace portico::plugin
