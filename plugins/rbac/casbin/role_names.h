// SPDX-License-Identifier: Apache-2.0
// Names of roles that our grammar takes, made of names that any text may be. Any thread, one at a
// time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace portico::rbac::casbin {

class RoleNames {
 public:
  /// The name itself where it fits and is free, else the nearest that does and is: "Head of Sales"
  /// becomes "head-of-sales", and a second one "head-of-sales-2". Taken from then on.
  [[nodiscard]] std::string take(std::string_view name);
  /// Keeps the name, which fits, for whoever has it already.
  void keep(std::string_view name) { taken_.emplace(name); }

 private:
  std::unordered_set<std::string> taken_;
};

}  // namespace portico::rbac::casbin
