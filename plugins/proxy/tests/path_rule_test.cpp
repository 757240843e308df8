// SPDX-License-Identifier: Apache-2.0
// What needs no request; the rest is in forwarding_chain_test.cpp.
#include "message/path_rule.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

TEST(PathRule, TakesWholeSegmentsAlone) {
  EXPECT_EQ(behind("/api", "/api/x"), "/x");
  EXPECT_EQ(behind("/api", "/api"), "");
  EXPECT_EQ(behind("/api", "/apix"), std::nullopt);
  EXPECT_EQ(behind("/api", "/x"), std::nullopt);
  EXPECT_EQ(behind("", "/x"), "/x");
}

TEST(PathRule, ForgetsTheSlashBehindAPrefix) {
  EXPECT_EQ(without_end("/api/"), "/api");
  EXPECT_EQ(without_end("/"), "");
}

TEST(PathRule, SaysWhatIsWrongWithAPrefix) {
  EXPECT_EQ(fault_of_prefix("/api/v1"), "");
  EXPECT_EQ(fault_of_prefix("api"), "does not begin with \"/\"; write /api");
  EXPECT_EQ(fault_of_prefix("/a b"),
            "holds \" \", which no path may hold; write it as an escape, or leave it out");
  EXPECT_EQ(fault_of_prefix("/a?b"),
            "holds \"?\", which no path may hold; write it as an escape, or leave it out");
  EXPECT_EQ(fault_of_prefix("/a/../b"), "has an empty or a dotted segment; leave it out");
  EXPECT_EQ(fault_of_prefix("/a//b"), "has an empty or a dotted segment; leave it out");
}

TEST(Replacement, KnowsItsGroups) {
  const Replacement replacement("/x/{1}-{0}{{}}");
  ASSERT_EQ(replacement.parts().size(), 3U);
  EXPECT_EQ(replacement.parts()[0].literal, "/x/");
  EXPECT_EQ(replacement.parts()[0].group, 1);
  EXPECT_EQ(replacement.parts()[1].group, 0);
  EXPECT_EQ(replacement.parts()[2].literal, "{}");
  EXPECT_EQ(replacement.highest_group(), 1);
}

TEST(Replacement, RefusesOtherBraces) {
  for (const char* text : {"/{", "/}", "/{a}", "/{12}", "/{}", "/{1"}) {
    EXPECT_THROW(Replacement{text}, std::invalid_argument) << text;
  }
}

TEST(PathRule, RefusesAGroupThatIsNotThere) {
  PathSettings settings;
  settings.rewrite.emplace(RewriteSettings{"/a/(.*)", "/{2}"});
  try {
    const PathRule rule(settings);
    FAIL() << "it was taken";
  } catch (const std::invalid_argument& fault) {
    EXPECT_STREQ(fault.what(), "`rewrite.to` uses the group {2}, and `rewrite.from` has 1");
  }
}

}  // namespace
}  // namespace portico::proxy
