// SPDX-License-Identifier: Apache-2.0
// Where a role counts: everywhere, or in one part of what there is, a tenant say.
#pragma once

#include <string>
#include <string_view>

namespace portico::rbac {

/// Throws Refusal, 422, for what can be no scope. `where` is the JSON pointer of the field.
void check_scope(std::string_view scope, const std::string& where);

}  // namespace portico::rbac
