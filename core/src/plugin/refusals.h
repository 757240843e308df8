// SPDX-License-Identifier: Apache-2.0
// The rules with which core itself answers: no route, no such method, OPTIONS, no permission.
#pragma once

#include <portico/identity.h>
#include <portico/plugin.h>

#include <string>

namespace portico::plugin {

[[nodiscard]] Flow refuse_path(Request& request);
/// Requires the attribute `Allow` (site.h).
[[nodiscard]] Flow refuse_method(Request& request);
/// 204, for an OPTIONS request that no route takes and no middleware answered. Requires the same.
[[nodiscard]] Flow answer_options(Request& request);
/// Stands before a handler whose route declared a permission. Without a service it refuses
/// everybody.
[[nodiscard]] detail::Rule permission_gate(Permissions* permissions, std::string permission);

}  // namespace portico::plugin
