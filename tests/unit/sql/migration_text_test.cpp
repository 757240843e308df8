// SPDX-License-Identifier: Apache-2.0
#include "sql/migration_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::sql {
namespace {

using Lines = std::vector<std::string>;

Lines in_sqlite(std::string_view text) { return *statements_for(Engine::Sqlite, text); }
Lines in_postgres(std::string_view text) { return *statements_for(Engine::PostgreSql, text); }

TEST(MigrationText, IsSplitAtSemicolonsOutsideOfQuotesAndComments) {
  EXPECT_EQ(in_sqlite("INSERT INTO t VALUES ('a;b'); -- c;d\n DELETE FROM \"t;\" /* ; */ ;; "),
            (Lines{"INSERT INTO t VALUES ('a;b')", "DELETE FROM \"t;\""}));
  EXPECT_EQ(in_sqlite(" ; -- nothing"), Lines{});
}

TEST(MigrationText, KeepsWhatStandsBetweenItsWords) {
  EXPECT_EQ(in_postgres("CREATE  TABLE t -- of\n (a\tTEXT)"),
            Lines{"CREATE  TABLE t -- of\n (a\tTEXT)"});
}

TEST(MigrationText, SaysByteaForBlobToPostgresAlone) {
  constexpr std::string_view Text = "CREATE TABLE t (a blob NOT NULL, b TEXT DEFAULT 'BLOB')";
  EXPECT_EQ(in_sqlite(Text), Lines{std::string(Text)});
  EXPECT_EQ(in_postgres(Text), Lines{"CREATE TABLE t (a BYTEA NOT NULL, b TEXT DEFAULT 'BLOB')"});
}

TEST(MigrationText, SaysAutoincrementForAnIdentityToSqliteAlone) {
  constexpr std::string_view Text =
      "CREATE TABLE t (n BIGINT GENERATED\n ALWAYS AS IDENTITY primary key, s TEXT)";
  EXPECT_EQ(in_sqlite(Text), Lines{"CREATE TABLE t (n INTEGER PRIMARY KEY AUTOINCREMENT, s TEXT)"});
  EXPECT_EQ(in_postgres(Text), Lines{std::string(Text)});
}

TEST(MigrationText, HasAChecksumThatAnyChangeOfUpChanges) {
  const Migration step{1, "a", "CREATE TABLE a (b TEXT)", "DROP TABLE a"};
  Migration other = step;
  other.name = "b";
  other.down = "";
  EXPECT_EQ(checksum_of(step), checksum_of(other));
  EXPECT_EQ(checksum_of(step).size(), 64U);
  other.up = "CREATE TABLE a (b TEXT )";
  EXPECT_NE(checksum_of(step), checksum_of(other));
}

}  // namespace
}  // namespace portico::sql
