// SPDX-License-Identifier: Apache-2.0
// Fills a template in. What it makes and the work it takes are bounded, whatever the template and
// the data. Any thread.
#pragma once

#include "template/fault.h"
#include "template/partials.h"
#include "template/template.h"
#include "template/value.h"

#include <cstddef>
#include <string>
#include <variant>

namespace portico::notify {

inline constexpr std::size_t MostRenderedBytes = std::size_t{1} << 20U;
/// Of a Line: what a mail can have as its subject in one field.
inline constexpr std::size_t MostLineBytes = 998;

/// A variable that is missing is a fault, unless it stands in a section that is left out.
[[nodiscard]] std::variant<std::string, RenderFault> render(const Template& source,
                                                            const Value& data,
                                                            const Partials& partials);

}  // namespace portico::notify
