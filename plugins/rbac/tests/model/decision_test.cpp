// SPDX-License-Identifier: Apache-2.0
#include "model/decision.h"

#include "tests/model/roles.h"
#include "unit/allocations.h"

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using namespace std::chrono_literals;

/// Of a request: nothing that is kept in a heap.
class Department final : public Attributes {
 public:
  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override {
    return attribute.path == "department" ? Value(std::string_view("sales")) : Value();
  }
  [[nodiscard]] std::chrono::microseconds time() const noexcept override { return Now; }
};

TEST(Decision, NamesTheRoleAndTheGrantThatAllow) {
  const Court court({role(5, {allow("users:read"), allow("orders:*")}), role(9, {}, {5})});
  EXPECT_EQ(court.decide({{.role = 9}}, "orders:read"),
            (Decision{true, Reason::Granted, 5, 1, true}));
}

TEST(Decision, NamesTheRoleAndTheGrantThatDeny) {
  const Court court({role(5, {allow("**"), deny("orders:*")}), role(9, {}, {5})});
  EXPECT_EQ(court.decide({{.role = 9}}, "orders:read"),
            (Decision{false, Reason::DeniedByGrant, 5, 1, true}));
}

TEST(Decision, RefusesWhereNothingMatches) {
  const Court court({role(1, {allow("users:read")})});
  EXPECT_EQ(court.decide({{.role = 1}}, "orders:read"),
            (Decision{false, Reason::NothingMatches, 0, 0, true}));
}

TEST(Decision, RefusesWhoHasNoRole) {
  const Court court({role(1, {allow("**")})});
  EXPECT_EQ(court.decide({}, "orders:read"), (Decision{false, Reason::NoAssignment, 0, 0, true}));
  EXPECT_EQ(court.decide({{.role = 7}}, "orders:read").reason, Reason::NoAssignment)
      << "a role that does not exist gives nothing";
  EXPECT_EQ(court.decide({{.role = 1, .scope = "bank"}}, "orders:read").reason,
            Reason::NoAssignment);
  EXPECT_EQ(court.decide({{.role = 1, .expires = Now}}, "orders:read").reason,
            Reason::NoAssignment);
}

TEST(Decision, CountsAnAssignmentInItsScopeAlone) {
  const Court court({role(1, {allow("**")}), role(2, {deny("orders:pay")})});
  const std::vector<Assignment> assignments{{.role = 1, .scope = "shop"},
                                            {.role = 2, .scope = "bank"}};
  EXPECT_TRUE(court.decide(assignments, "orders:pay", Facts(), {.scope = "shop"}).allowed);
  EXPECT_FALSE(court.decide(assignments, "orders:pay", Facts(), {.scope = "bank"}).allowed);
  EXPECT_FALSE(court.decide(assignments, "orders:pay", Facts(), {.scope = "sho"}).allowed);
  EXPECT_FALSE(court.decide(assignments, "orders:pay", Facts(), {.scope = "*"}).allowed)
      << "what is asked for everywhere is not given in one place";
  EXPECT_TRUE(court.decide({{.role = 1}}, "orders:pay", Facts(), {.scope = "bank"}).allowed);
}

TEST(Decision, HoldsAConditionalAllowOnlyWhereItsConditionIsMet) {
  const Court court({role(1, {allow("orders:read", Sales)})});
  EXPECT_TRUE(court.allows(1, "orders:read", Facts{{"subject.department", "sales"}}));
  EXPECT_FALSE(court.allows(1, "orders:read", Facts{{"subject.department", "legal"}}));
  EXPECT_EQ(court.decide({{.role = 1}}, "orders:read"),
            (Decision{false, Reason::ConditionFailed, 1, 0, false}));
}

TEST(Decision, IsClosedWhereAConditionCannotBeRead) {
  const Court court({role(1, {allow("orders:read", Broken)}),
                     role(2, {allow("orders:read"), deny("orders:read", Broken)})});
  EXPECT_EQ(court.decide({{.role = 1}}, "orders:read").reason, Reason::ConditionFailed);
  EXPECT_EQ(court.decide({{.role = 2}}, "orders:read"),
            (Decision{false, Reason::DeniedByGrant, 2, 1, true}));
}

TEST(Decision, IsSettledWhereNothingCanChangeIt) {
  const Court court({role(1, {allow("orders:read"), allow("orders:pay", Sales)}),
                     role(2, {deny("orders:read", Sales)}), role(3, {deny("orders:**")})});
  const Facts legal{{"subject.department", "legal"}};
  const auto settled = [&](const std::vector<Assignment>& assignments,
                           std::string_view permission) {
    return court.decide(assignments, permission, legal).settled;
  };
  EXPECT_TRUE(settled({{.role = 1}}, "orders:read"));
  EXPECT_TRUE(settled({{.role = 1}, {.role = 1, .scope = "shop"}}, "orders:read"));
  EXPECT_FALSE(settled({{.role = 1, .scope = "shop"}}, "orders:read"));
  EXPECT_FALSE(settled({{.role = 1, .not_before = 1us}}, "orders:read"));
  EXPECT_FALSE(settled({{.role = 1, .expires = Now + 1h}}, "orders:read"));
  EXPECT_FALSE(settled({{.role = 1}}, "orders:pay")) << "a condition decides";
  EXPECT_FALSE(settled({{.role = 1}, {.role = 2}}, "orders:read")) << "a deny may apply";
  EXPECT_FALSE(settled({{.role = 1}, {.role = 3, .expires = Now}}, "orders:read"))
      << "at another time a deny applies";
  EXPECT_TRUE(settled({{.role = 1}, {.role = 3}}, "orders:read"));
  EXPECT_FALSE(settled({{.role = 3, .scope = "shop"}}, "orders:read"));
  EXPECT_TRUE(settled({{.role = 1}}, "users:read"));
  EXPECT_TRUE(settled({{.role = 1}, {.role = 2, .scope = "bank"}}, "users:read"));
  EXPECT_FALSE(settled({{.role = 1, .expires = Now + 1h}}, "users:read"))
      << "refused in each case, but not for the same reason";
}

TEST(Decision, IsOfAllAssignmentsHoweverMany) {
  std::vector<Role> roles{role(1, {allow("orders:read")}), role(2, {deny("orders:read")})};
  for (std::int64_t number = 3; number <= 40; ++number) roles.push_back(role(number, {}));
  const Court court(roles);
  std::vector<Assignment> assignments;
  for (std::int64_t number = 3; number <= 40; ++number) {
    assignments.push_back({.role = number});
    EXPECT_FALSE(court.decide(assignments, "orders:read").allowed);
    auto more = assignments;
    more.push_back({.role = 1});
    EXPECT_TRUE(court.decide(more, "orders:read").allowed) << more.size();
    more.push_back({.role = 2});
    EXPECT_FALSE(court.decide(more, "orders:read").allowed) << more.size();
  }
}

TEST(Decision, AllocatesNothing) {
  const Court court({role(1, {allow("orders:*", Sales), deny("orders:pay", Sales)}),
                     role(2, {allow("*:**"), deny("users:**", Broken)}, {1})});
  const std::vector<Assignment> assignments{
      {.role = 2}, {.role = 1, .scope = "a scope that is longer than what a string holds itself"}};
  const Department facts;
  const std::size_t before = allocations();
  bool allowed = true;
  for (const std::string_view text :
       {"orders:read", "orders:pay", "users:read", "pages:read:own"}) {
    const Matches matches = court.book->matches(text);
    allowed ^= rbac::decide(*court.book, assignments, {matches, "shop", Now, facts}).allowed;
  }
  EXPECT_EQ(allocations(), before);
  EXPECT_TRUE(allowed);
}

TEST(Decision, ThrowsNothing) {
  static_assert(noexcept(rbac::decide(std::declval<const Book&>(), std::span<const Tenure>(),
                                      std::declval<const Query&>())));
  static_assert(noexcept(std::declval<const Book&>().matches("")));
}

}  // namespace
}  // namespace portico::rbac::model::test
