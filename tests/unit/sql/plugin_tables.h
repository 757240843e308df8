// SPDX-License-Identifier: Apache-2.0
// The tables of a plugin in a database of a test's own: every test of `PluginTables` runs on both
// engines.
#pragma once

#include "unit/sql/postgres_server.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <cstddef>
#include <cstdint>
#include <latch>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::test {

/// Has the tables that `Migrations()` make, and lends the database to the test.
template <auto Migrations>
class TableKeeper final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"keeper", "1.0.0", "Has tables"};
  static constexpr std::string_view ServiceName = "keeper/1";

  TableKeeper(const Config&, Host& host) : sql_(host.sql("main")) {}
  void setup(Registrar& registrar) override {
    registrar.migrations("main", Migrations());
    registrar.provide(ServiceName, sql_);
  }

 private:
  Sql& sql_;
};

template <auto Migrations>
class PluginTables : public ::testing::TestWithParam<Sql::Engine> {
 public:
  PluginTables() {
    if (GetParam() == Sql::Engine::PostgreSql) {
      server_.emplace();
      gateway_.sql("main", server_->url());
    } else {
      gateway_.sql("main");
    }
    gateway_.load<TableKeeper<Migrations>>().start();
    sql = gateway_.template find<Sql>(TableKeeper<Migrations>::ServiceName);
  }

  template <class Work>
  auto read(Work work) {
    return sql->read(work);
  }
  template <class Work>
  auto write(Work work) {
    return sql->write(work);
  }
  /// A statement that no code of the plugin's has.
  std::uint64_t change(std::string_view text, GivenSqlValues values = {}) {
    return write([&](Transaction& db) { return db.change({"test.change", text}, values); });
  }
  /// The first column of the first row.
  [[nodiscard]] std::int64_t number(std::string_view text, GivenSqlValues values = {}) {
    return read([&](Reader& db) { return db.query({"test.number", text}, values)[0].integer(0); });
  }

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

  Sql* sql = nullptr;

 private:
  std::optional<PostgresServer> server_;
  testing::Gateway gateway_;
};

/// For INSTANTIATE_TEST_SUITE_P.
inline const auto BothEngines = ::testing::Values(Sql::Engine::Sqlite, Sql::Engine::PostgreSql);
[[nodiscard]] inline std::string engine_name(const ::testing::TestParamInfo<Sql::Engine>& info) {
  return info.param == Sql::Engine::Sqlite ? "SQLite" : "PostgreSQL";
}

}  // namespace portico::test
