// SPDX-License-Identifier: Apache-2.0
#include "model/coverage.h"

#include "model/permission.h"
#include "tests/model/random_model.h"
#include "tests/model/roles.h"

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using namespace std::chrono_literals;

bool covered(const Court& court, std::string_view pattern,
             const Assignment& assignment = {.role = 1}) {
  return covers(*court.book, std::vector{assignment}, pattern);
}

TEST(Coverage, IsOfWhatRolesGiveByThemselvesAndByInheritance) {
  const Court court({role(1, {allow("orders:*")}, {2}), role(2, {allow("users:**")})});
  EXPECT_TRUE(covered(court, "orders:read"));
  EXPECT_TRUE(covered(court, "orders:*"));
  EXPECT_TRUE(covered(court, "users:read:**"));
  EXPECT_FALSE(covered(court, "orders:**"));
  EXPECT_FALSE(covered(court, "*:read"));
  EXPECT_FALSE(covered(court, "**"));
}

TEST(Coverage, IsOfSeveralGrantsTogether) {
  const Court court(
      {role(1, {allow("orders:*"), allow("orders:*:*")}), role(2, {allow("*:*:*:*")})});
  EXPECT_FALSE(covered(court, "orders:**"));
  const std::vector<Assignment> both{{.role = 1}, {.role = 2}};
  EXPECT_TRUE(covers(*court.book, both, "orders:**"));
  EXPECT_FALSE(covers(*court.book, both, "*:**"));
}

TEST(Coverage, IsOfEverythingByTwoStars) {
  const Court court({role(1, {allow("**")})});
  EXPECT_TRUE(covered(court, "**"));
  EXPECT_TRUE(covered(court, "*:**"));
  EXPECT_TRUE(covered(court, "orders:read"));
}

TEST(Coverage, IsWithoutConditionsEverywhereAndForEver) {
  const Court court({role(1, {allow("orders:read")}), role(2, {allow("orders:read", Sales)}),
                     role(3, {allow("orders:read", Broken)})});
  EXPECT_TRUE(covered(court, "orders:read"));
  EXPECT_FALSE(covered(court, "orders:read", {.role = 1, .scope = "shop"}));
  EXPECT_FALSE(covered(court, "orders:read", {.role = 1, .not_before = 1us}));
  EXPECT_FALSE(covered(court, "orders:read", {.role = 1, .expires = Now + 1h}));
  EXPECT_FALSE(covered(court, "orders:read", {.role = 2}));
  EXPECT_FALSE(covered(court, "orders:read", {.role = 3}));
  EXPECT_FALSE(covered(court, "orders:read", {.role = 9}));
}

TEST(Coverage, EndsWhereADenyMayTakeSomethingAway) {
  const Court court({role(1, {allow("**")}), role(2, {deny("orders:pay")}),
                     role(3, {deny("users:*", Sales)}), role(4, {}, {2})});
  const auto with = [&](const Assignment& other, std::string_view pattern) {
    return covers(*court.book, std::vector<Assignment>{{.role = 1}, other}, pattern);
  };
  EXPECT_FALSE(with({.role = 2}, "orders:*"));
  EXPECT_FALSE(with({.role = 4}, "orders:pay"));
  EXPECT_FALSE(with({.role = 4}, "*:pay"));
  EXPECT_TRUE(with({.role = 2}, "orders:read"));
  EXPECT_TRUE(with({.role = 2}, "orders:pay:*"));
  EXPECT_FALSE(with({.role = 2, .scope = "shop"}, "orders:pay")) << "in one scope";
  EXPECT_FALSE(with({.role = 2, .expires = Now - 1h}, "orders:pay")) << "at another time";
  EXPECT_FALSE(with({.role = 3}, "users:read")) << "under a condition";
}

TEST(Coverage, IsOfNothingThatIsNoPattern) {
  const Court court({role(1, {allow("**")})});
  for (const std::string_view text : {"", "*", "Orders:read", "a:b:c:d:e", "**:a"}) {
    EXPECT_FALSE(covered(court, text)) << text;
  }
}

TEST(Coverage, MeansThatEverythingIsAllowedAndStaysSo) {
  std::size_t times = 0;
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    RandomModel chance(seed);
    const std::vector<Role> roles = chance.roles();
    const Court court(roles);
    const auto assignments = chance.assignments(roles.size());
    for (const std::string_view pattern : {"**", "a:**", "*:b", "a:b", "*:a-b:*", "b:*:a:a"}) {
      if (!covers(*court.book, assignments, pattern)) continue;
      ++times;
      for (int i = 0; i < 20; ++i) {
        const auto question = chance.question();
        if (!matches(pattern, question.permission)) continue;
        const Decision decision = court.decide(assignments, question.permission, chance.facts(),
                                               {question.scope, question.now});
        ASSERT_TRUE(decision.allowed && decision.settled) << pattern << ' ' << question.permission;
      }
    }
  }
  EXPECT_GT(times, 500U);
}

}  // namespace
}  // namespace portico::rbac::model::test
