// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlstate.h"

#include <gtest/gtest.h>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

TEST(SqlState, HasAKind) {
  EXPECT_EQ(kind_of_sqlstate("23505"), Kind::UniqueViolation);
  EXPECT_EQ(kind_of_sqlstate("40001"), Kind::Serialisation);
  EXPECT_EQ(kind_of_sqlstate("40P01"), Kind::Serialisation);
  EXPECT_EQ(kind_of_sqlstate("08006"), Kind::Unavailable);
  EXPECT_EQ(kind_of_sqlstate("57P01"), Kind::Unavailable);
  EXPECT_EQ(kind_of_sqlstate("57014"), Kind::TimedOut);
  EXPECT_EQ(kind_of_sqlstate("42P01"), Kind::Refused);
  EXPECT_EQ(kind_of_sqlstate(""), Kind::Refused);
}

TEST(SqlState, IsToldWithoutValues) {
  EXPECT_EQ(sentence_of("42703", "column \"nome\" does not exist"),
            "PostgreSQL says 42703: column \"nome\" does not exist");
  EXPECT_EQ(sentence_of("22P02", "invalid input syntax for type bigint: \"secret\""),
            "PostgreSQL says 22P02");
}

}  // namespace
}  // namespace portico::sql
