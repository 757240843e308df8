// SPDX-License-Identifier: Apache-2.0
// identity.md, cases 114 to 117.
#include "model/explanation.h"
#include "model/permission.h"
#include "model/role_graph.h"
#include "tests/model/roles.h"

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using namespace std::chrono_literals;

TEST(Attack114, ACircleOfRolesIsRefusedWithItsWay) {
  const RoleGraph graph(std::vector{role(1, {}), role(2, {}, {1})});
  const auto fault = graph.fault_of(role(1, {}, {2}));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, GraphFault::Kind::Cycle);
  EXPECT_EQ(fault->path, (std::vector<std::string>{"role-1", "role-2", "role-1"}));
}

TEST(Attack114, TenLevelsAreTakenAndElevenAreNot) {
  std::vector<Role> roles{role(1, {})};
  for (std::int64_t number = 2; number <= 10; ++number) {
    const Role next = role(number, {}, {number - 1});
    ASSERT_FALSE(RoleGraph(roles).fault_of(next)) << number;
    roles.push_back(next);
  }
  const auto fault = RoleGraph(roles).fault_of(role(11, {}, {10}));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, GraphFault::Kind::TooDeep);
  EXPECT_EQ(fault->path.size(), 11U);
}

TEST(Attack114, ACircleMadeByHandIsBorneAndHidesNoDeny) {
  const Court court({role(1, {allow("orders:read")}, {2}), role(2, {}, {3}),
                     role(3, {deny("orders:pay")}, {1}), role(4, {allow("**")}, {2})});
  for (std::int64_t number = 1; number <= 4; ++number) {
    EXPECT_TRUE(court.allows(number, "orders:read")) << number;
    EXPECT_FALSE(court.allows(number, "orders:pay")) << number;
  }
}

TEST(Attack115, ADenyWinsThroughEveryWayOfInheritance) {
  const Court court({role(1, {deny("orders:pay")}), role(2, {}, {1}), role(3, {allow("**")}, {2}),
                     role(4, {allow("orders:pay")}, {3}), role(5, {allow("orders:**")}),
                     role(6, {}, {5, 4})});
  EXPECT_FALSE(court.allows(3, "orders:pay")) << "a parent's parent denies";
  EXPECT_FALSE(court.allows(4, "orders:pay")) << "nearer and more exact grants change nothing";
  EXPECT_FALSE(court.allows(6, "orders:pay")) << "one way allows, the other denies";
  EXPECT_TRUE(court.allows(5, "orders:pay"));
  EXPECT_TRUE(court.allows(6, "orders:read"));
}

TEST(Attack115, ADenyOfOneAssignmentWinsOverTheAllowOfAnother) {
  const Court court({role(1, {allow("**")}), role(2, {deny("orders:**")})});
  EXPECT_FALSE(court.decide({{.role = 1}, {.role = 2}}, "orders:read").allowed);
  EXPECT_FALSE(court.decide({{.role = 2}, {.role = 1}}, "orders:read").allowed);
  EXPECT_TRUE(court.decide({{.role = 1}, {.role = 2}}, "users:read").allowed);
}

TEST(Attack115, ADenyTenLevelsUpWins) {
  std::vector<Role> roles{role(1, {deny("*:pay")})};
  for (std::int64_t number = 2; number <= 10; ++number) {
    roles.push_back(role(number, {allow("**")}, {number - 1}));
  }
  const Court court(roles);
  EXPECT_FALSE(court.allows(10, "orders:pay"));
  EXPECT_TRUE(court.allows(10, "orders:read"));
}

TEST(Attack115, ADenyThatCannotBeToldApplies) {
  const Court court({role(1, {allow("orders:pay"), deny("orders:pay", Sales)})});
  EXPECT_FALSE(court.allows(1, "orders:pay"));
  EXPECT_FALSE(court.allows(1, "orders:pay", Facts{{"subject.department", "sales"}}));
  EXPECT_FALSE(court.allows(1, "orders:pay", Facts{{"subject.department", std::int64_t{7}}}));
  EXPECT_TRUE(court.allows(1, "orders:pay", Facts{{"subject.department", "legal"}}));
}

TEST(Attack116, AnAssignmentEndsAtTheMomentThatItSays) {
  const Court court({role(1, {allow("orders:read")})});
  const std::vector<Assignment> assignments{{.role = 1, .expires = Now}};
  EXPECT_TRUE(court.decide(assignments, "orders:read", Facts(), {.now = Now - 1us}).allowed);
  EXPECT_FALSE(court.decide(assignments, "orders:read", Facts(), {.now = Now}).allowed);
  EXPECT_FALSE(court.decide(assignments, "orders:read", Facts(), {.now = Now + 1s}).allowed);
}

TEST(Attack116, AnAssignmentBeginsAtTheMomentThatItSays) {
  const Court court({role(1, {allow("orders:read")})});
  const std::vector<Assignment> assignments{{.role = 1, .not_before = Now}};
  EXPECT_FALSE(court.decide(assignments, "orders:read", Facts(), {.now = Now - 1us}).allowed);
  EXPECT_TRUE(court.decide(assignments, "orders:read", Facts(), {.now = Now}).allowed);
}

TEST(Attack116, AnAssignmentThatEndsBeforeItBeginsNeverCounts) {
  const Court court({role(1, {allow("orders:read")})});
  const std::vector<Assignment> assignments{{.role = 1, .not_before = Now, .expires = Now - 1s}};
  for (const auto offset : {-2s, -1s, 0s, 1s}) {
    EXPECT_FALSE(court.decide(assignments, "orders:read", Facts(), {.now = Now + offset}).allowed);
  }
}

TEST(Attack117, AStarStandsForOneWholeSegment) {
  const Court court({role(1, {allow("orders:*"), allow("*:audit")})});
  EXPECT_TRUE(court.allows(1, "orders:read"));
  EXPECT_TRUE(court.allows(1, "users:audit"));
  EXPECT_FALSE(court.allows(1, "orders-internal:read"));
  EXPECT_FALSE(court.allows(1, "orders:update:own")) << "a star spans no colon";
  EXPECT_FALSE(court.allows(1, "users:x:audit")) << "a star spans no colon";
  EXPECT_FALSE(court.allows(1, "xorders:read"));
}

TEST(Attack117, TwoStarsTakeWholeSegmentsAndAtLeastOne) {
  const Court court({role(1, {allow("orders:**"), allow("users:read:**")})});
  EXPECT_TRUE(court.allows(1, "orders:update:own"));
  EXPECT_FALSE(court.allows(1, "orders-internal:read"));
  EXPECT_FALSE(court.allows(1, "users:read"));
  EXPECT_TRUE(court.allows(1, "users:read:own"));
}

TEST(Attack117, UpperCaseAndUnicodeAreRefusedAndMatchNothing) {
  const Court court({role(1, {allow("**")})});
  for (const std::string_view text :
       {"Orders:read", "orders:READ", "ord\xc3\xa9rs:read", "\xef\xbd\x8frders:read",
        "orders:re\u0430d", "orders:*", "**", "orders", "orders::read", "orders:read\n",
        " orders:read"}) {
    EXPECT_NE(fault_of_permission(text), "") << text;
    EXPECT_FALSE(court.allows(1, text)) << text;
    EXPECT_FALSE(
        explain(*court.book, std::vector<Assignment>{{.role = 1}}, text, "", Now, Facts()).allowed);
  }
}

}  // namespace
}  // namespace portico::rbac::model::test
