// SPDX-License-Identifier: Apache-2.0
// The plugin's tables, and something in them.
#pragma once

#include "session/sessions.h"
#include "shared/time.h"
#include "store/migrations.h"
#include "unit/sql/plugin_tables.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::auth::test {

using namespace std::chrono_literals;

/// Bytes that look like chance: `seed`, again and again.
template <std::size_t Size>
[[nodiscard]] std::array<std::byte, Size> bytes(unsigned seed) {
  std::array<std::byte, Size> made{};
  for (std::size_t i = 0; i < Size; ++i) made[i] = static_cast<std::byte>(seed >> (i % 4 * 8));
  return made;
}

class Tables : public portico::test::PluginTables<migrations> {
 public:
  /// A fresh id, later in the order than those before.
  [[nodiscard]] std::string id();
  /// Who is pending.
  std::string add_user(std::string_view email = "ada@example.com");
  std::string open_session(std::string_view user_id, Time at);
  [[nodiscard]] std::optional<Session> session(std::string_view id);

  Time now = std::chrono::seconds(1'790'000'000);
  SessionLimits limits;

 private:
  unsigned ids_ = 0;
};

using portico::test::BothEngines;
using portico::test::engine_name;

}  // namespace portico::auth::test
