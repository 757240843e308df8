// SPDX-License-Identifier: Apache-2.0
// A plugin with a database, in the tests that plugin authors write.
#include "unit/sql/postgres_server.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <array>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace portico::testing {
namespace {

constexpr std::array Steps{Migration{.number = 1,
                                     .name = "notes",
                                     .up = "CREATE TABLE notes (text TEXT NOT NULL)",
                                     .down = "DROP TABLE notes"}};
constexpr Statement Add{"notes.add", "INSERT INTO notes VALUES ($1)"};
constexpr Statement Count{"notes.count", "SELECT COUNT(*) FROM notes"};

class Notes final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"notes", "1.0.0", "Keeps notes"};

  Notes(const Config&, Host& host) : sql_(host.sql("main")) {}

  void setup(Registrar& registrar) override {
    registrar.migrations("main", Steps);
    registrar.route("GET", "/count", [this](Request&) {
      const Rows rows = sql_.read([](Reader& db) { return db.query(Count); });
      Response response;
      response.body(rows[0].text(0), "text/plain");
      return response;
    });
  }
  void start() override {
    sql_.write([](Transaction& db) { db.change(Add, {"first"}); });
  }

 private:
  Sql& sql_;
};

/// Asks too early.
class Hasty final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"hasty", "1.0.0", "Asks too early"};
  Hasty(const Config&, Host& host) {
    host.sql().write([](Transaction& db) { db.change(Add, {"early"}); });
  }
  void setup(Registrar&) override {}
};

TEST(TestingSql, IsADatabaseOfTheTestsOwn) {
  for (int i = 0; i < 2; ++i) {
    Gateway gateway;
    gateway.sql("main").load<Notes>();
    EXPECT_EQ(gateway.get("/notes/count").body, "1");
  }
}

TEST(TestingSql, IsWhereAUrlSaysAndStaysThere) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() /
                                     ("portico-notes-" + std::to_string(::getpid()) + ".db");
  for (const std::string_view expected : {"1", "2"}) {
    Gateway gateway;
    gateway.sql("main", "sqlite:" + file.string()).load<Notes>();
    EXPECT_EQ(gateway.get("/notes/count").body, expected);
  }
  for (const char* const ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(file.string() + ending);
  }
}

TEST(TestingSql, MayBeARealPostgreSql) {
  const test::PostgresServer server;
  Gateway gateway;
  gateway.sql("main", server.url()).load<Notes>();
  EXPECT_EQ(gateway.get("/notes/count").body, "1");
}

TEST(TestingSql, IsMissedWhereTheFileHasNone) {
  Gateway none;
  none.load<Notes>();
  EXPECT_NE(none.problems().find("it needs a database, and the file has none; write `databases: "
                                 "{main: {url: \"sqlite:/var/lib/portico/portico.db\"}}`"),
            std::string::npos)
      << none.problems();
  Gateway other;
  other.sql("mian").load<Notes>();
  EXPECT_NE(other.problems().find("there is no databases.main in the file; did you mean mian?"),
            std::string::npos)
      << other.problems();
}

TEST(TestingSql, IsAskedFromStartOn) {
  Gateway gateway;
  gateway.sql("main").load<Hasty>();
  EXPECT_NE(gateway.problems().find("a database is asked from `start` on, not before"),
            std::string::npos)
      << gateway.problems();
}

}  // namespace
}  // namespace portico::testing
