// SPDX-License-Identifier: Apache-2.0
#include "model/effective.h"

#include "model/permission.h"
#include "tests/model/roles.h"

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

std::string text(const EffectiveGrant& grant) {
  std::string text = grant.effect == Effect::Deny ? "deny " : "allow ";
  text += grant.pattern + " in " + grant.scope + " by";
  for (const std::string& name : grant.path) text += ' ' + name;
  return text + (grant.condition.empty() ? "" : " if " + grant.condition);
}

Names effective_texts(const Court& court, const std::vector<Assignment>& assignments) {
  Names texts;
  for (const auto& grant : effective(*court.book, assignments, Now)) texts.push_back(text(grant));
  return texts;
}

std::string text(const Reach& reach) {
  std::string text = reach.pattern + " in " + reach.scope;
  if (!reach.condition.empty()) text += " if";
  for (const auto& deny : reach.except) {
    text += " but " + deny.pattern + " in " + deny.scope + (deny.condition.empty() ? "" : " if");
  }
  return text;
}

Names reached(const Court& court, const std::vector<Assignment>& assignments,
              std::string_view type = "orders", std::string_view action = "read") {
  Names texts;
  for (const auto& each : reach(*court.book, assignments, Now, type, action)) {
    texts.push_back(text(each));
  }
  return texts;
}

TEST(Effective, ListsGrantsOfARoleAndOfWhatItInherits) {
  const Court court({role(1, {allow("a:b"), deny("a:c", Sales)}), role(2, {allow("**")}, {1})});
  EXPECT_EQ(
      effective_texts(court, {{.role = 2, .scope = "shop"}, {.role = 1}}),
      (Names{"allow ** in shop by role-2", "allow a:b in shop by role-2 role-1",
             "deny a:c in shop by role-2 role-1 if " + std::string(Sales),
             "allow a:b in * by role-1", "deny a:c in * by role-1 if " + std::string(Sales)}));
}

TEST(Effective, ListsWhatCountsAtTheTime) {
  const Court court({role(1, {allow("a:b")})});
  EXPECT_TRUE(
      effective(*court.book, std::vector<Assignment>{{.role = 1, .expires = Now}}, Now).empty());
  EXPECT_TRUE(
      effective(*court.book, std::vector<Assignment>{{.role = 1, .not_before = Now + 1us}}, Now)
          .empty());
  EXPECT_TRUE(effective(*court.book, std::vector<Assignment>{{.role = 8}}, Now).empty());
}

TEST(Effective, ListsGrantsThatCannotBeReadAsTheyCount) {
  const Court court(
      {role(1, {allow("a:b", Broken), deny("a:b", Broken), deny("A:b"), allow("A:b")})});
  EXPECT_EQ(effective_texts(court, {{.role = 1}}),
            (Names{"deny a:b in * by role-1", "deny ** in * by role-1"}));
}

TEST(Reach, NarrowsWhatIsAllowedToTheTypeAndTheAction) {
  const Court court({role(1, {allow("orders:*"), allow("*:read:own"), allow("users:**"),
                              allow("orders:read:*:draft", Sales), allow("orders:write:own")})});
  EXPECT_EQ(
      reached(court, {{.role = 1, .scope = "shop"}}),
      (Names{"orders:read in shop", "orders:read:*:draft in shop if", "orders:read:own in shop"}));
  EXPECT_EQ(reached(court, {{.role = 1}}, "users"),
            (Names{"users:read in *", "users:read:** in *", "users:read:own in *"}));
  EXPECT_TRUE(reached(court, {{.role = 1}}, "Orders").empty());
  EXPECT_TRUE(reached(court, {{.role = 1, .expires = Now}}).empty());
}

TEST(Reach, LeavesOutWhatADenyTakesWholly) {
  const Court court({role(1, {allow("orders:**")}), role(2, {deny("*:read")}),
                     role(3, {deny("orders:read:own"), deny("orders:*", Sales)})});
  EXPECT_EQ(reached(court, {{.role = 1}, {.role = 2}}), (Names{"orders:read:** in *"}));
  EXPECT_EQ(reached(court, {{.role = 1, .scope = "shop"}, {.role = 2, .scope = "shop"}}),
            (Names{"orders:read:** in shop"}));
  EXPECT_EQ(reached(court, {{.role = 1}, {.role = 3}}),
            (Names{"orders:read in * but orders:read in * if",
                   "orders:read:** in * but orders:read:own in *"}));
}

TEST(Reach, KeepsADenyToItsScope) {
  const Court court({role(1, {allow("orders:read")}), role(2, {deny("orders:read")})});
  EXPECT_EQ(reached(court, {{.role = 1}, {.role = 2, .scope = "bank"}}),
            (Names{"orders:read in * but orders:read in bank"}));
  EXPECT_EQ(reached(court, {{.role = 1, .scope = "shop"}, {.role = 2, .scope = "bank"}}),
            (Names{"orders:read in shop"}));
  EXPECT_TRUE(reached(court, {{.role = 1, .scope = "shop"}, {.role = 2}}).empty());
}

}  // namespace
}  // namespace portico::rbac::model::test
