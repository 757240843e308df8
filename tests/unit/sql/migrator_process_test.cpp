// SPDX-License-Identifier: Apache-2.0
// Several processes that migrate one database, and one that is killed while it does.
#include "sql/migrator.h"
#include "unit/sql/database.h"

#include <array>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <thread>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::array Steps{
    Migration{1, "a", "CREATE TABLE a (n BIGINT)", "DROP TABLE a"},
    Migration{2, "b", "CREATE TABLE b (n BIGINT); INSERT INTO a VALUES (1)", "DROP TABLE b"},
    Migration{3, "c", "INSERT INTO a SELECT n + 1 FROM a", ""}};
constexpr std::array Endless{
    Steps[0],
    Migration{
        2, "endless",
        "INSERT INTO a VALUES (7); INSERT INTO a WITH RECURSIVE c(n) AS (SELECT CAST(1 AS "
        "BIGINT) UNION ALL SELECT n + 1 FROM c WHERE n < 100000000000) SELECT COUNT(*) FROM c",
        ""}};

class SqlMigratorProcess : public EachEngine {
 protected:
  std::vector<sql::AppliedStep> apply(std::span<const Migration> steps) {
    return sql::Migrator("main", database.options(), base::system_clock(), database.log)
        .apply(std::array{sql::OwnedSteps{"auth", steps}});
  }

  /// Migrates in a process of its own, which ends with 0 when all went well. It begins when the
  /// other end of `gate` is closed.
  pid_t begin(std::span<const Migration> steps, const std::array<int, 2>& gate) {
    const pid_t process = ::fork();
    if (process != 0) return process;
    ::close(gate[1]);
    char nothing = 0;
    (void)!::read(gate[0], &nothing, 1);
    try {
      apply(steps);
      ::_exit(0);
    } catch (const std::exception& error) {
      const std::string text = std::string(error.what()) + "\n";
      (void)!::write(STDERR_FILENO, text.data(), text.size());
    }
    ::_exit(1);
  }
  static int end_of(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return status;
  }

  /// Somebody is in a transaction that writes.
  bool written_to() {
    if (GetParam() == Engine::PostgreSql) {
      return find(
                 "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%INTO a "
                 "WITH%' AND pid <> pg_backend_pid()")
                 .size() == 1;
    }
    sqlite3* handle = nullptr;
    ::sqlite3_open((database.folder() / "test.db").c_str(), &handle);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closed(handle, &::sqlite3_close);
    return ::sqlite3_exec(handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_BUSY;
  }
  bool first_step_done() {
    const auto history =
        sql::Migrator("main", database.options(), base::system_clock(), database.log).history();
    return history.size() == 1;
  }
  template <class Condition>
  static bool eventually(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }
};
INSTANTIATE_TEST_SUITE_P(On, SqlMigratorProcess,
                         testing::Values(Engine::Sqlite, Engine::PostgreSql), name_of);

TEST_P(SqlMigratorProcess, AppliesEachStepOnceWhoeverElseBeginsAtTheSameTime) {
  std::array<int, 2> gate{};
  ASSERT_EQ(::pipe(gate.data()), 0);
  std::array<pid_t, 5> processes{};
  for (pid_t& process : processes) process = begin(Steps, gate);
  ::close(gate[1]);
  for (const pid_t process : processes) EXPECT_EQ(end_of(process), 0);
  ::close(gate[0]);
  EXPECT_EQ(find("SELECT n FROM a ORDER BY n"), (Lines{"1", "2"}));
  EXPECT_EQ(find("SELECT COUNT(*) FROM portico_migrations"), Lines{"3"});
}

TEST_P(SqlMigratorProcess, LeavesNothingOfAStepInWhichItIsKilled) {
  std::array<int, 2> gate{};
  ASSERT_EQ(::pipe(gate.data()), 0);
  const pid_t process = begin(Endless, gate);
  ::close(gate[1]);
  EXPECT_TRUE(eventually([&] { return first_step_done() && written_to(); }));
  ::kill(process, SIGKILL);
  EXPECT_TRUE(WIFSIGNALED(end_of(process)));
  ::close(gate[0]);
  EXPECT_EQ(apply(Steps).size(), 2U) << "the next one finds the lock free";
  EXPECT_EQ(find("SELECT n FROM a ORDER BY n"), (Lines{"1", "2"}));
}

}  // namespace
}  // namespace portico::test
