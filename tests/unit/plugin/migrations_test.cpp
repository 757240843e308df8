// SPDX-License-Identifier: Apache-2.0
// The tables of plugins in the life of a generation.
#include "plugin/generation.h"
#include "sql/service.h"
#include "unit/plugin/generation_fixture.h"

#include <array>

#include <gmock/gmock.h>

namespace portico::plugin {
namespace {

using testing::HasSubstr;

constexpr std::array Steps{
    Migration{1, "notes", "CREATE TABLE notes (text TEXT NOT NULL)", "DROP TABLE notes"},
    Migration{2, "first", "INSERT INTO notes (text) VALUES ('first')", "DELETE FROM notes"}};

class Keeping final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"keeping", "1.0.0", "Keeps notes"};
  static inline Callable<void(Registrar&)> on_setup;

  Keeping(const Config&, Host& host) : sql_(host.sql("main")) { last = this; }
  void setup(Registrar& r) override { on_setup(r); }
  void start() override { count = notes(); }

  static inline std::string count;
  static inline Keeping* last = nullptr;

  std::string notes() {
    return sql_.read([](Reader& db) {
      return std::string(db.query({"notes.count", "SELECT COUNT(*) FROM notes"})[0].text(0));
    });
  }

 private:
  Sql& sql_;
};

class Migrations : public test::GenerationTest {
 protected:
  Migrations() {
    process_.sql = &sql_;
    link<Keeping>();
    Keeping::count.clear();
    declare(Steps);
  }
  ~Migrations() override { Keeping::on_setup.reset(); }

  static void declare(std::span<const Migration> steps) {
    Keeping::on_setup = [steps](Registrar& r) { r.migrations("main", steps); };
  }
  [[nodiscard]] std::string file() const {
    return "databases: {main: {url: \"sqlite:" + (folder_.path() / "main.db").string() +
           "\"}}\nplugins: {keeping: {}}\n";
  }
  bool starts(const Generation* previous = nullptr) {
    const auto generation = prepare(file(), previous);
    return generation != nullptr && generation->start(problems_);
  }

  sql::Service sql_{base::system_clock(), log_};
};

TEST_F(Migrations, AreAppliedBeforeThePluginStarts) {
  ASSERT_TRUE(starts()) << text();
  EXPECT_EQ(Keeping::count, "1");
  ASSERT_TRUE(starts()) << text();
  EXPECT_EQ(Keeping::count, "1") << "once";
}

TEST_F(Migrations, ThatDoNotGoWithTheDatabaseStopTheStart) {
  ASSERT_TRUE(starts()) << text();
  const std::array changed{Steps[0], Migration{2, "first", "DELETE FROM notes", ""}};
  declare(changed);
  EXPECT_FALSE(starts());
  EXPECT_THAT(text(),
              HasSubstr("portico.yaml:2:11: plugins.keeping: migration 2 (first) of keeping "
                        "is not the one that was applied to the database main"));
}

TEST_F(Migrations, ThatWereFoundDoneNeedNoDatabaseInAReload) {
  const auto first = prepare(file());
  ASSERT_NE(first, nullptr) << text();
  ASSERT_TRUE(first->start(problems_)) << text();
  std::filesystem::remove(folder_.path() / "main.db");
  EXPECT_TRUE(starts(first.get())) << text();
}

TEST_F(Migrations, AreLookedAtByACheck) {
  const std::array faulty{Migration{1, "when", "CREATE TABLE t (at TIMESTAMP)", ""},
                          Migration{3, "gap", "PRAGMA user_version = 3", ""}};
  declare(faulty);
  EXPECT_EQ(prepare(file(), nullptr, Liveness::Inert), nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:11: plugins.keeping: migration 1 (when): in the table t, the column at "
            "is TIMESTAMP; write BIGINT, microseconds since 1970\n"
            "portico.yaml:2:11: plugins.keeping: migration 3 (gap): its number should be 2; number "
            "them from 1, without gaps and in their order\n"
            "portico.yaml:2:11: plugins.keeping: migration 3 (gap): a statement begins with PRAGMA "
            "user_version; a migration has CREATE, ALTER and DROP of tables, indexes and views, "
            "INSERT, UPDATE and DELETE\n"
            "3 problems, nothing started.\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "main.db"));
}

TEST_F(Migrations, OfOneDatabaseAreOneList) {
  Keeping::on_setup = [](Registrar& r) {
    r.migrations("main", Steps);
    r.migrations("", Steps);
  };
  EXPECT_EQ(prepare(file()), nullptr);
  EXPECT_THAT(text(), HasSubstr("it has migrations for the database main twice"));
}

TEST_F(Migrations, NeedADatabaseOfTheFile) {
  Keeping::on_setup = [](Registrar& r) { r.migrations("mian", Steps); };
  EXPECT_EQ(prepare(file()), nullptr);
  EXPECT_THAT(text(), HasSubstr("there is no databases.mian in the file; did you mean main?"));
}

TEST_F(Migrations, OfACommandsProcessAreAppliedWhenADatabaseIsFirstAsked) {
  const auto generation = prepare(file(), nullptr, Liveness::Inert);
  ASSERT_NE(generation, nullptr) << text();
  generation->lend_databases();
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "main.db"));
  EXPECT_EQ(Keeping::last->notes(), "1");
  EXPECT_TRUE(Keeping::count.empty()) << "and nothing has started";
}

}  // namespace
}  // namespace portico::plugin
