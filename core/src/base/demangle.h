// SPDX-License-Identifier: Apache-2.0
// Names of C++ as people write them.
#pragma once

#include <string>
#include <string_view>

namespace portico::base {

/// The name itself when it is not a mangled one.
[[nodiscard]] std::string demangle(std::string_view name);

}  // namespace portico::base
