// SPDX-License-Identifier: Apache-2.0
// Calls into a plugin. Whatever it throws, also an int, is caught here and becomes a sentence.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace portico::base {

/// Requires that an exception is being handled: its what(), or "threw a value of type int".
[[nodiscard]] std::string describe_current_exception();

/// Runs `call`; what it threw, or nothing.
template <class Call>
[[nodiscard]] std::optional<std::string> guarded(Call&& call) noexcept {
  try {
    std::forward<Call>(call)();
    return std::nullopt;
  } catch (...) {
    return describe_current_exception();
  }
}

}  // namespace portico::base
