// SPDX-License-Identifier: Apache-2.0
// The plugin's tables in a database of a test's own: every test of `Tables` runs on both engines.
#pragma once

#include "model/assignment.h"
#include "model/role.h"
#include "store/time.h"
#include "unit/sql/postgres_server.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac::test {

using namespace std::chrono_literals;

class Tables : public ::testing::TestWithParam<Sql::Engine> {
 public:
  Tables();

  template <class Work>
  auto read(Work work) {
    return sql->read(work);
  }
  template <class Work>
  auto write(Work work) {
    return sql->write(work);
  }
  /// A statement that no code of the plugin's has.
  std::uint64_t change(std::string_view text, GivenSqlValues values = {});
  /// The first column of the first row.
  [[nodiscard]] std::int64_t number(std::string_view text, GivenSqlValues values = {});

  /// A fresh id, later in the order than those before.
  [[nodiscard]] std::string id();
  std::int64_t add_role(std::string_view name);
  /// `admin` and the other standard roles; the number of `admin`.
  std::int64_t add_standard_roles();
  void assign(std::string_view user, const Assignment& assignment);

  /// Calls `work(i)` so often, on as many threads, all at once.
  template <class Work>
  static void parallel(std::size_t count, Work work) {
    std::latch start(static_cast<std::ptrdiff_t>(count));
    std::vector<std::jthread> threads;
    threads.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        work(i);
      });
    }
  }

  Time now = std::chrono::seconds(1'790'000'000);
  Sql* sql = nullptr;

 private:
  std::optional<portico::test::PostgresServer> server_;
  testing::Gateway gateway_;
  unsigned ids_ = 0;
};

/// For INSTANTIATE_TEST_SUITE_P.
inline const auto BothEngines = ::testing::Values(Sql::Engine::Sqlite, Sql::Engine::PostgreSql);
[[nodiscard]] std::string engine_name(const ::testing::TestParamInfo<Sql::Engine>& info);

}  // namespace portico::rbac::test
