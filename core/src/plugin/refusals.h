// SPDX-License-Identifier: Apache-2.0
// The rules with which core itself answers: no route, no such method, OPTIONS, no permission.
#pragma once

#include <portico/plugin.h>

namespace portico::plugin {

[[nodiscard]] Flow refuse_path(Request& request);
/// Requires the attribute `Allow` (site.h).
[[nodiscard]] Flow refuse_method(Request& request);
/// 204, for an OPTIONS request that no route takes and no middleware answered. Requires the same.
[[nodiscard]] Flow answer_options(Request& request);
/// Before a handler whose route declared a permission, where nobody knows any.
[[nodiscard]] Flow refuse_permission(Request& request);

}  // namespace portico::plugin
