// SPDX-License-Identifier: Apache-2.0
// Symbol versions ("GLIBCXX_3.4.30"): a family and numbers.
#pragma once

#include <string_view>

namespace portico::plugin {

/// "GLIBCXX" of "GLIBCXX_3.4.30"; the whole text where no number ends it.
[[nodiscard]] std::string_view version_family(std::string_view version) noexcept;

/// Within one family; an empty text is less than every other. "3.4.9" is less than "3.4.30".
[[nodiscard]] bool version_less(std::string_view left, std::string_view right) noexcept;

}  // namespace portico::plugin
