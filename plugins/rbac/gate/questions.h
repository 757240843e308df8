// SPDX-License-Identifier: Apache-2.0
// The permissions that routes ask for, each with a number. Grows while routes are compiled, and is
// read from then on.
#pragma once

#include "gate/holding.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Questions {
 public:
  /// The same number for the same permission.
  [[nodiscard]] Question ask(std::string_view permission);
  [[nodiscard]] const std::string& text(Question question) const { return texts_[question]; }
  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

 private:
  std::vector<std::string> texts_;
};

}  // namespace portico::rbac
