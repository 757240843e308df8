// SPDX-License-Identifier: Apache-2.0
// What a parameter of the route's path says, with its escapes undone: core keeps those of ':' and
// '*', of which permissions are made. Pure.
#pragma once

#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

[[nodiscard]] std::string path_part(const Request& request, std::string_view name);
/// The other way: whatever is no part of a plain segment is escaped.
[[nodiscard]] std::string escaped_part(std::string_view text);

}  // namespace shared
}  // namespace portico
