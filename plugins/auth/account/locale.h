// SPDX-License-Identifier: Apache-2.0
// In which language and at which hour a user is written to. Values, any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::auth {

/// A tag of BCP 47 in its usual forms: "de", "de-CH", "zh-Hant-TW". A sentence for the person who
/// sent it; empty where there is no fault. For Field::check.
[[nodiscard]] std::string fault_of_locale(std::string_view text);

/// A name of the time zone database, "Europe/Zurich", that this machine knows; the form alone
/// counts where it has no such database. Looks into the file system. For Field::check.
[[nodiscard]] std::string fault_of_time_zone(std::string_view text);

}  // namespace portico::auth
