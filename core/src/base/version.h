// SPDX-License-Identifier: Apache-2.0
// The version of the program.
#pragma once

#include <string_view>

namespace portico::base {

/// "0.1.0", from the build.
[[nodiscard]] std::string_view version() noexcept;
/// "gcc 12.2.0".
[[nodiscard]] std::string_view compiler() noexcept;

}  // namespace portico::base
