// SPDX-License-Identifier: Apache-2.0
// The plugin's tables, and something in them.
#pragma once

#include "model/assignment.h"
#include "model/role.h"
#include "store/migrations.h"
#include "store/time.h"
#include "unit/sql/plugin_tables.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::rbac::test {

using namespace std::chrono_literals;

class Tables : public portico::test::PluginTables<migrations> {
 public:
  /// A fresh id, later in the order than those before.
  [[nodiscard]] std::string id();
  std::int64_t add_role(std::string_view name);
  /// `admin` and the other standard roles; the number of `admin`.
  std::int64_t add_standard_roles();
  void assign(std::string_view user, const Assignment& assignment);

  Time now = std::chrono::seconds(1'790'000'000);

 private:
  unsigned ids_ = 0;
};

using portico::test::BothEngines;
using portico::test::engine_name;

}  // namespace portico::rbac::test
