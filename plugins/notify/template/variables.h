// SPDX-License-Identifier: Apache-2.0
// What a template needs to be filled in. Any thread.
#pragma once

#include "template/fault.h"
#include "template/partials.h"
#include "template/template.h"

#include <string>
#include <variant>
#include <vector>

namespace portico::notify {

struct Variable {
  std::string name;
  /// Of the innermost section that it stands in, which may be where it is looked up; empty: none.
  std::string section{};
  /// Else the template asks for it: it names a section, or stands within one.
  bool required = false;

  bool operator==(const Variable&) const = default;
};

/// Those of its partials and layouts too, sorted by name. A fault where it could not be rendered
/// whatever the data: a partial or a block that is not there, or recursion.
[[nodiscard]] std::variant<std::vector<Variable>, RenderFault> variables_of(
    const Template& source, const Partials& partials);

}  // namespace portico::notify
