// SPDX-License-Identifier: Apache-2.0
// How PostgreSQL goes about what a session asks.
#include "unit/sql/database.h"

namespace portico::test {
namespace {

class SqlPlan : public EachEngine {
 protected:
  static std::int64_t scans(Reader& db) {
    constexpr std::string_view Counted = "SELECT pg_stat_get_xact_numscans('t'::regclass)";
    return db.query({"t.scans", Counted})[0].integer(0);
  }
};
INSTANTIATE_TEST_SUITE_P(On, SqlPlan, testing::Values(Engine::PostgreSql), name_of);

TEST_P(SqlPlan, UsesTheIndexThoughTheTableWasSmallWhenItWasMade) {
  change("CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT)");
  change("INSERT INTO t VALUES (1, 'a')");
  change("ANALYZE t");
  sql.write([](Transaction& db) {
    const std::int64_t before = scans(db);
    // The sixth time a statement is run its plan is kept.
    for (int i = 0; i < 10; ++i) (void)db.query({"t.one", "SELECT s FROM t WHERE id = $1"}, {1});
    EXPECT_EQ(scans(db), before);
  });
}

TEST_P(SqlPlan, ReadsAllOfATableThatHasNoIndexAndCompilesNothing) {
  change("CREATE TABLE t (id BIGINT, s TEXT)");
  change("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
  EXPECT_EQ(find("SELECT s FROM t WHERE id = $1", {2}), std::vector<std::string>{"b"});
  EXPECT_EQ(find("SHOW jit"), std::vector<std::string>{"off"});
}

}  // namespace
}  // namespace portico::test
