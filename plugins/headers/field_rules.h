// SPDX-License-Identifier: Apache-2.0
// What the names and values of header fields in the settings may be. Each function returns what is
// wrong, as a sentence for the operator, or nothing.
#pragma once

#include <string>
#include <string_view>

namespace portico::headers {

/// A header that the operator sets on answers.
[[nodiscard]] std::string fault_of_extra(std::string_view name);
/// A header that is taken from answers.
[[nodiscard]] std::string fault_of_removed(std::string_view name);
/// A header that upstreams get.
[[nodiscard]] std::string fault_of_request_header(std::string_view name);
[[nodiscard]] std::string fault_of_value(std::string_view value);

}  // namespace portico::headers
