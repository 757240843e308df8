// SPDX-License-Identifier: Apache-2.0
#include "message/query_edits.h"

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

TEST(QueryEdits, KnowANameInEveryForm) {
  EXPECT_TRUE(means("debug", "debug"));
  EXPECT_TRUE(means("%64ebug", "debug"));
  EXPECT_TRUE(means("a+b", "a b"));
  EXPECT_TRUE(means("a%20b", "a b"));
  EXPECT_FALSE(means("debu", "debug"));
  EXPECT_FALSE(means("debugs", "debug"));
  EXPECT_FALSE(means("%6", "%6a"));
  EXPECT_TRUE(means("%zz", "%zz"));
}

TEST(QueryEdits, EncodeWhatWouldEndAParameter) {
  Draft draft;
  append_encoded("a&b=c d/\xc3\xa9~", draft);
  EXPECT_EQ(draft, "a%26b%3Dc%20d%2F%C3%A9~");
}

}  // namespace
}  // namespace portico::proxy
