// SPDX-License-Identifier: Apache-2.0
#include "mail/one_line.h"

#include "shared/code_points.h"

namespace portico::notify::mail {

bool is_one_line(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (!point || is_control(point->value) || is_separator(point->value)) return false;
    text.remove_prefix(point->bytes);
  }
  return true;
}

}  // namespace portico::notify::mail
