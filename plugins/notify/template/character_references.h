// SPDX-License-Identifier: Apache-2.0
// Character references of HTML, "&amp;" and "&#8212;", as characters. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::templates {

/// Those that are not known are left as they are. A space that keeps words together becomes one.
[[nodiscard]] std::string decoded(std::string_view html);

}  // namespace portico::notify::templates
