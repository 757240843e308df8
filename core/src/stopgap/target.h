// SPDX-License-Identifier: Apache-2.0
// What a request asks for: its path in normal form, its query, its host. From the request's target
// and its Host field; strict.
#pragma once

#include "base/arena.h"
#include "stopgap/head.h"

#include <string_view>
#include <variant>

namespace portico::stopgap {

struct Asked {
  std::string_view path;
  std::string_view query;  ///< Without '?'.
  std::string_view host;   ///< Lower case, without port and final dot.
};

/// Views into the head's bytes and into `arena`.
[[nodiscard]] std::variant<Asked, Refusal> resolve(const Head& head, base::Arena& arena);

}  // namespace portico::stopgap
