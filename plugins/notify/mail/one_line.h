// SPDX-License-Identifier: Apache-2.0
// What may stand in a header's field. Any thread.
#pragma once

#include <string_view>

namespace portico::notify::mail {

/// UTF-8 without control characters (of ASCII, DEL, and U+0080 to U+009F) and without the two code
/// points that some take for the end of a line, U+2028 and U+2029.
[[nodiscard]] bool is_one_line(std::string_view text) noexcept;

}  // namespace portico::notify::mail
