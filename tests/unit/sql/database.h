// SPDX-License-Identifier: Apache-2.0
// A database of a test's own, of either engine: every test of `EachEngine` runs on both.
#pragma once

#include "base/clock.h"
#include "services/log/capture.h"
#include "sql/client.h"
#include "sql/service.h"
#include "unit/sql/postgres_server.h"
#include "unit/temporary_folder.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::test {

using Engine = Sql::Engine;

/// "2 | ada | -", one for each row.
[[nodiscard]] std::vector<std::string> lines_of(const Rows& rows);

class Database {
 public:
  explicit Database(Engine engine);
  /// A PostgreSQL that is reached by TCP.
  explicit Database(const PostgresNetwork& network);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// A store with these timings and as many sessions; lives as long as this.
  [[nodiscard]] Sql& open(const sql::Timing& timing = {}, std::size_t sessions = 4);
  /// The same to whoever is named, who may not be there.
  [[nodiscard]] Sql& open_as(const std::string& user, const sql::Timing& timing);
  [[nodiscard]] PostgresServer& server() { return *server_; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_.path(); }
  [[nodiscard]] sql::Options options(const std::string& user = "tester") const;
  /// Of any URL.
  [[nodiscard]] static sql::Options options_of(const std::string& url,
                                               const std::string& password = {});
  /// Opens what these say.
  [[nodiscard]] Sql& use(sql::Options options);
  [[nodiscard]] sql::Store& store(Sql& sql) { return sql::Client::of(sql).store(); }

  services::CapturingSink log;

 private:
  const Engine engine_;
  const TemporaryFolder folder_;
  std::optional<PostgresServer> server_;
  sql::Service service_{base::system_clock(), log};
  std::vector<std::unique_ptr<sql::Client>> clients_;
};

class EachEngine : public testing::TestWithParam<Engine> {
 public:
  EachEngine() : database(GetParam()), sql(database.open()) {}

  std::uint64_t change(std::string_view text, GivenSqlValues values = {});
  [[nodiscard]] std::vector<std::string> find(std::string_view text, GivenSqlValues values = {});
  /// What the work throws.
  template <class Call>
  [[nodiscard]] static std::optional<SqlError> error_of(Call call) {
    try {
      call();
    } catch (const SqlError& error) {
      return error;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string blob_type() const {
    return GetParam() == Engine::Sqlite ? "BLOB" : "BYTEA";
  }

  Database database;
  Sql& sql;
};

[[nodiscard]] inline std::string name_of(const testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::Sqlite ? "SQLite" : "PostgreSQL";
}

}  // namespace portico::test
