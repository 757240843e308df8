// SPDX-License-Identifier: Apache-2.0
// The plugin's tables in a database of a test's own: every test of `Tables` runs on both engines.
#pragma once

#include "session/sessions.h"
#include "shared/time.h"
#include "unit/sql/postgres_server.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <array>
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

namespace portico::auth::test {

using namespace std::chrono_literals;

/// Bytes that look like chance: `seed`, again and again.
template <std::size_t Size>
[[nodiscard]] std::array<std::byte, Size> bytes(unsigned seed) {
  std::array<std::byte, Size> made{};
  for (std::size_t i = 0; i < Size; ++i) made[i] = static_cast<std::byte>(seed >> (i % 4 * 8));
  return made;
}

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
  /// Who is pending.
  std::string add_user(std::string_view email = "ada@example.com");
  std::string open_session(std::string_view user_id, Time at);
  [[nodiscard]] std::optional<Session> session(std::string_view id);

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
  SessionLimits limits;
  Sql* sql = nullptr;

 private:
  std::optional<portico::test::PostgresServer> server_;
  testing::Gateway gateway_;
  unsigned ids_ = 0;
};

/// For INSTANTIATE_TEST_SUITE_P.
inline const auto BothEngines = ::testing::Values(Sql::Engine::Sqlite, Sql::Engine::PostgreSql);
[[nodiscard]] std::string engine_name(const ::testing::TestParamInfo<Sql::Engine>& info);

}  // namespace portico::auth::test
