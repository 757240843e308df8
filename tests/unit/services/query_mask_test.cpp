// SPDX-License-Identifier: Apache-2.0
#include "services/log/query_mask.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::services {
namespace {

std::string masked(std::string_view query) {
  const QueryMask mask({"token", "API_Key"});
  std::string out;
  mask.masked(query, [&out](std::string_view piece) { out += piece; });
  return out;
}

TEST(QueryMask, HidesTheValuesOfItsKeys) {
  EXPECT_EQ(masked("a=1&token=abc&b=2"), "a=1&token=***&b=2");
  EXPECT_EQ(masked("token=abc"), "token=***");
  EXPECT_EQ(masked("token=a&token=b&api_key=c"), "token=***&token=***&api_key=***");
}

TEST(QueryMask, LeavesTheRestAsItIs) {
  for (const char* const query :
       {"", "a", "a=", "&&", "a=1&b=2&", "tokens=1", "token", "xtoken=1"}) {
    EXPECT_EQ(masked(query), query);
  }
}

TEST(QueryMask, ComparesKeysAsTheyWillBeRead) {
  EXPECT_EQ(masked("TOKEN=a"), "TOKEN=***");
  EXPECT_EQ(masked("%74oken=a"), "%74oken=***");
  EXPECT_EQ(masked("%74%6F%6b%65%4e=a"), "%74%6F%6b%65%4e=***");
  EXPECT_EQ(masked("api%5fkey=a"), "api%5fkey=***");
}

TEST(QueryMask, TakesASemicolonForTheEndOfAPair) {
  EXPECT_EQ(masked("a=1;token=abc;b=2"), "a=1;token=***;b=2");
}

TEST(QueryMask, HidesAValueWithMoreEqualsSigns) { EXPECT_EQ(masked("token=a=b"), "token=***"); }

TEST(QueryMask, HidesNothingWithoutKeys) {
  std::string out;
  QueryMask().masked("token=a", [&out](std::string_view piece) { out += piece; });
  EXPECT_EQ(out, "token=a");
}

}  // namespace
}  // namespace portico::services
