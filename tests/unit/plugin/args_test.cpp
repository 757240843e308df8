// SPDX-License-Identifier: Apache-2.0
#include <portico/plugin.h>

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico {
namespace {

using Words = std::vector<std::string>;

Words left(const Args& args) { return {args.words().begin(), args.words().end()}; }

TEST(Args, TakesAFlagOutOnce) {
  Args args({"--json", "x", "--json"});
  EXPECT_TRUE(args.flag("--json"));
  EXPECT_EQ(left(args), (Words{"x", "--json"}));
  EXPECT_FALSE(args.flag("--yaml"));
}

TEST(Args, TakesAnOptionWithItsValueOut) {
  Args args({"a", "--name", "Ada", "b"});
  EXPECT_EQ(args.option("--name"), "Ada");
  EXPECT_EQ(left(args), (Words{"a", "b"}));
}

TEST(Args, UnderstandsTheSignOfLongOptions) {
  Args args({"--name=Ada=Eva", "-c=x"});
  EXPECT_EQ(args.option("--name"), "Ada=Eva");
  EXPECT_EQ(args.option("-c"), std::nullopt);
  EXPECT_EQ(left(args), (Words{"-c=x"}));
}

TEST(Args, DoesNotTakeALongerOptionForAShorterOne) {
  Args args({"--names=x"});
  EXPECT_EQ(args.option("--name"), std::nullopt);
}

TEST(Args, LeavesAnOptionWithoutValueForTheComplaint) {
  Args args({"--name"});
  EXPECT_EQ(args.option("--name"), std::nullopt);
  EXPECT_EQ(left(args), (Words{"--name"}));
}

TEST(Args, ReadsNoOptionsBehindTwoHyphens) {
  Args args({"--", "--json", "--name", "x"});
  EXPECT_FALSE(args.flag("--json"));
  EXPECT_EQ(args.option("--name"), std::nullopt);
}

}  // namespace
}  // namespace portico
