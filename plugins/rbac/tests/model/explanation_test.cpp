// SPDX-License-Identifier: Apache-2.0
#include "model/explanation.h"

#include "tests/model/roles.h"

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

Explanation explained(const Court& court, const std::vector<Assignment>& assignments,
                      std::string_view permission, const Facts& facts = {}) {
  return explain(*court.book, assignments, permission, "shop", Now, facts);
}

TEST(Explanation, NamesTheWayFromTheAssignedRoleToTheGrant) {
  const Court court(
      {role(1, {allow("orders:*")}), role(2, {}, {1}), role(3, {}, {2}), role(4, {}, {3, 1})});
  const Explanation told = explained(court, {{.role = 3}, {.role = 4}}, "orders:read");
  EXPECT_TRUE(told.allowed);
  EXPECT_EQ(told.sentence, "Allowed by the role \"role-1\", by \"orders:*\".");
  ASSERT_EQ(told.matched.size(), 2U);
  EXPECT_EQ(told.matched[0].path, (Names{"role-3", "role-2", "role-1"}));
  EXPECT_EQ(told.matched[1].path, (Names{"role-4", "role-1"})) << "the shortest";
  EXPECT_EQ(told.matched[0].pattern, "orders:*");
  EXPECT_EQ(told.matched[0].scope, "*");
  EXPECT_EQ(told.matched[0].why, "");
}

TEST(Explanation, ShowsWhatWouldAllowBesideTheDenyThatWins) {
  const Court court({role(1, {deny("orders:pay")}), role(2, {allow("**")}, {1})});
  const Explanation told = explained(court, {{.role = 2}}, "orders:pay");
  EXPECT_FALSE(told.allowed);
  EXPECT_EQ(told.reason, Reason::DeniedByGrant);
  EXPECT_EQ(told.sentence, "Denied by the role \"role-1\", by \"orders:pay\".");
  ASSERT_EQ(told.matched.size(), 2U);
  EXPECT_EQ(told.matched[0].effect, Effect::Deny);
  EXPECT_EQ(told.matched[1].effect, Effect::Allow);
}

TEST(Explanation, SaysWhyAnAssignmentDoesNotCount) {
  const Court court({role(1, {allow("orders:read")})});
  const Explanation told = explained(court,
                                     {{.role = 1, .scope = "bank"},
                                      {.role = 1, .not_before = Now + 1us},
                                      {.role = 1, .expires = Now}},
                                     "orders:read");
  EXPECT_EQ(told.sentence, "Refused: no role is assigned that counts here and now.");
  EXPECT_TRUE(told.matched.empty());
  ASSERT_EQ(told.rejected.size(), 3U);
  EXPECT_EQ(told.rejected[0].why, "The role is assigned for another scope than is asked about.");
  EXPECT_EQ(told.rejected[0].scope, "bank");
  EXPECT_EQ(told.rejected[1].why, "The assignment has not begun yet.");
  EXPECT_EQ(told.rejected[2].why, "The assignment has expired.");
}

TEST(Explanation, ShowsTheConditionThatFails) {
  const Court court({role(1, {allow("orders:read", Sales)})});
  const Facts legal{{"subject.department", "legal"}};
  const Explanation told = explained(court, {{.role = 1}}, "orders:read", legal);
  EXPECT_EQ(told.reason, Reason::ConditionFailed);
  ASSERT_EQ(told.rejected.size(), 1U);
  EXPECT_EQ(told.rejected[0].condition, Sales);
  const std::string failing = std::get<Condition>(Condition::parse(Sales)).failing(legal);
  EXPECT_EQ(told.rejected[0].why, "The condition is not met: " + failing);
  EXPECT_TRUE(explained(court, {{.role = 1}}, "orders:read")
                  .rejected.at(0)
                  .why.starts_with("The condition cannot be told: "));
}

TEST(Explanation, SaysWhyADenyAppliesThatCannotBeTold) {
  const Court court({role(1, {deny("orders:read", Sales)})});
  const Explanation told = explained(court, {{.role = 1}}, "orders:read");
  ASSERT_EQ(told.matched.size(), 1U);
  EXPECT_TRUE(
      told.matched[0].why.starts_with("The condition cannot be told, so that the deny applies: "));
  const Facts legal{{"subject.department", "legal"}};
  EXPECT_TRUE(explained(court, {{.role = 1}}, "orders:read", legal)
                  .rejected.at(0)
                  .why.starts_with("The condition is not met: "));
}

TEST(Explanation, TellsOfGrantsThatCannotBeRead) {
  const Court court({role(1, {allow("orders:read", Broken), deny("Orders:read")})});
  const Explanation told = explained(court, {{.role = 1}}, "orders:read");
  ASSERT_EQ(told.matched.size(), 1U);
  EXPECT_EQ(told.matched[0].pattern, "Orders:read");
  EXPECT_TRUE(told.matched[0].why.starts_with(
      "The grant cannot be read, so that the deny applies: \"Orders:read\" holds a character"))
      << told.matched[0].why;
  ASSERT_EQ(told.rejected.size(), 1U);
  EXPECT_EQ(told.rejected[0].why, "The condition cannot be read, so that the grant never holds.");
}

TEST(Explanation, SaysWhatToAskForInstead) {
  const Court court({role(1, {allow("**")})});
  const Explanation told = explained(court, {{.role = 1}}, "Orders:read");
  EXPECT_FALSE(told.allowed);
  EXPECT_TRUE(told.sentence.starts_with("\"Orders:read\" holds a character")) << told.sentence;
}

}  // namespace
}  // namespace portico::rbac::model::test
