// SPDX-License-Identifier: Apache-2.0
#include "gate/questions.h"

#include <algorithm>

namespace portico::rbac {

Question Questions::ask(std::string_view permission) {
  const auto found = std::ranges::find(texts_, permission);
  const auto number = static_cast<Question>(found - texts_.begin());
  if (found == texts_.end()) texts_.emplace_back(permission);
  return number;
}

}  // namespace portico::rbac
