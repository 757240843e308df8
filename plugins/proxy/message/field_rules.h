// SPDX-License-Identifier: Apache-2.0
// Which header fields the file may name, and what may stand in them.
#pragma once

#include <string>
#include <string_view>

namespace portico::proxy {

/// Nothing below space but tab, and no DEL.
[[nodiscard]] bool is_field_value(std::string_view text) noexcept;

/// What is wrong with a field's name, as a sentence; empty when nothing is.
[[nodiscard]] std::string fault_of_field(std::string_view name);
/// The same of what may stand behind a cookie's Path=.
[[nodiscard]] std::string fault_of_cookie_path(std::string_view path);

}  // namespace portico::proxy
