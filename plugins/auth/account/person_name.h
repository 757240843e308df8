// SPDX-License-Identifier: Apache-2.0
// The name that a user goes by: any writing, 1 to 100 code points. It is shown to others and goes
// into mails, so what ends a line or turns the direction of writing is refused. Values, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

/// Without spaces around it; nothing where `fault_of_person_name` finds a fault.
[[nodiscard]] std::optional<std::string> read_person_name(std::string_view text);

/// A sentence for the person who typed it; empty where there is no fault. For Field::check.
[[nodiscard]] std::string fault_of_person_name(std::string_view text);

}  // namespace portico::auth
