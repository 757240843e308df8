// SPDX-License-Identifier: Apache-2.0
// What HTML of a mail may have, and where in it a variable may stand. Some elements are refused as
// a whole: they run code, or what stands within them is read by rules of its own, so that a reader
// would take for text what a browser takes for a tag. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::notify::templates {

/// What the value of an attribute is made of.
enum class Content : std::uint8_t {
  Fixed,  ///< What the source says; no variable.
  Plain,
  Link,
  FixedLink,
};

/// All names are in lower case.
[[nodiscard]] Content content_of(std::string_view element, std::string_view attribute) noexcept;

/// A sentence that says what to do; empty where there is no fault.
[[nodiscard]] std::string fault_of_element(std::string_view element);
[[nodiscard]] std::string fault_of_attribute(std::string_view attribute);
/// Of a variable in an attribute whose content is fixed.
[[nodiscard]] std::string fault_of_variable_in(std::string_view element,
                                               std::string_view attribute);

}  // namespace portico::notify::templates
