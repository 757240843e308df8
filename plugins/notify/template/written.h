// SPDX-License-Identifier: Apache-2.0
// Values as they are written, each for the place where it stands. Any thread.
#pragma once

#include "template/place.h"

#include <string>
#include <string_view>

namespace portico::notify::templates {

/// Without control characters but tabs and ends of lines, which are spaces in a Line; without those
/// that turn the direction of what follows; what is no UTF-8 as U+FFFD.
[[nodiscard]] std::string written(std::string_view value, Place place);

}  // namespace portico::notify::templates
