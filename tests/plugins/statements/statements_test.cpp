// SPDX-License-Identifier: Apache-2.0
// The sample through the real chain; what is promised of jobs is tested in tests/unit/jobs.
// clang-format off
#include <gtest/gtest.h>

#include "statements.cpp"

#include <portico/testing.h>
// clang-format on

namespace {

using portico::testing::Gateway;

TEST(Statements, AreWrittenWhenTheirTimeHasCome) {
  Gateway gateway;
  gateway.sql("main").load<Statements>();
  EXPECT_EQ(gateway.request("POST", "/statements/statements/7").status, Status::Accepted);
  gateway.advance(0s);
  EXPECT_EQ(gateway.counter("statements_written_total"), 0U);
  gateway.advance(1s);
  EXPECT_TRUE(gateway.logged("wrote the statement of 7"));
  EXPECT_EQ(gateway.counter("statements_written_total"), 1U);
}

TEST(Statements, OfAClosedAccountAreNot) {
  Gateway gateway;
  gateway.sql("main").load<Statements>();
  gateway.request("POST", "/statements/statements/closed");
  gateway.advance(1h);
  EXPECT_EQ(gateway.counter("statements_written_total"), 0U);
}

TEST(Statements, AreWrittenOfWhoeverPays) {
  Gateway gateway;
  gateway.sql("main").load<Statements>();
  gateway.request("POST", "/statements/payments/7");
  gateway.advance(0s);
  EXPECT_TRUE(gateway.logged("7 paid 5"));
  EXPECT_EQ(gateway.counter("statements_written_total"), 1U);
}

}  // namespace
