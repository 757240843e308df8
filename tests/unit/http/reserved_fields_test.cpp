// SPDX-License-Identifier: Apache-2.0
#include "http/reserved_fields.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

TEST(ReservedFields, HoldNothingAtFirst) {
  const ReservedFields fields;
  EXPECT_TRUE(fields.empty());
  EXPECT_FALSE(fields.contains("X-User-Id"));
  EXPECT_FALSE(fields.contains(""));
}

TEST(ReservedFields, KnowEverySpellingThatAnUpstreamMayTakeForTheName) {
  ReservedFields fields;
  fields.add("X-User-Id");
  for (const char* name : {"X-User-Id", "x-user-id", "X_User_Id", "X-USER_ID", "X.User.Id"}) {
    EXPECT_TRUE(fields.contains(name)) << name;
  }
  for (const char* name : {"X-User", "X-User-Id2", "XUser-Id-", "-X-User-Id", "Y-User-Id"}) {
    EXPECT_FALSE(fields.contains(name)) << name;
  }
}

TEST(ReservedFields, TakeANameThatItsPluginWroteWithUnderscores) {
  ReservedFields fields;
  fields.add("x_tenant");
  fields.add("X-Tenant");
  EXPECT_TRUE(fields.contains("X-Tenant"));
}

TEST(ReservedFields, LeaveTheOtherLinesOfTrailers) {
  ReservedFields fields;
  fields.add("X-User-Id");
  EXPECT_EQ(fields.without("A: 1\r\nx_user_id: 2\r\nB: 3\r\n"), "A: 1\r\nB: 3\r\n");
  EXPECT_EQ(fields.without("X-User-Id: 2\r\n"), "");
  EXPECT_EQ(fields.without("x-user-id"), "");
  EXPECT_EQ(fields.without(""), "");
}

}  // namespace
}  // namespace portico::http
