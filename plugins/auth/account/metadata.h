// SPDX-License-Identifier: Apache-2.0
// What an application keeps with a user: one JSON object of at most 8 KiB, 64 members in all and 4
// levels. Two members of one name, NUL, and names that give a script's objects another nature
// (`__proto__`) are refused. Values, any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::auth {

/// A sentence for whoever sent it; empty where there is no fault.
[[nodiscard]] std::string fault_of_metadata(std::string_view json);

}  // namespace portico::auth
