// SPDX-License-Identifier: Apache-2.0
// Names as they may be asked for, and the names that are tried for one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::loop::dns {

/// Labels of letters, digits, "-" and "_", as hosts and services have them; a last dot is allowed.
/// An address is no name, and neither is anything else whose last label is a number.
[[nodiscard]] bool is_name(std::string_view name) noexcept;

/// "localhost", or a name below it: this machine, RFC 6761 §6.3, whatever a server would say.
[[nodiscard]] bool is_own_name(std::string_view name) noexcept;

/// The domains that are tried for a name that is not complete, and how many dots make one complete
/// enough to be tried as it is first.
struct Search {
  std::vector<std::string> domains;
  std::size_t dots = 1;
};

/// What to ask for, in order. A name that ends with a dot is complete: it is the only one.
[[nodiscard]] std::vector<std::string> names_to_try(std::string_view name, const Search& search);

}  // namespace portico::loop::dns
