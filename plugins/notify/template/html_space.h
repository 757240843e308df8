// SPDX-License-Identifier: Apache-2.0
// What HTML takes for a space.
#pragma once

namespace portico::notify::templates {

[[nodiscard]] constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

}  // namespace portico::notify::templates
