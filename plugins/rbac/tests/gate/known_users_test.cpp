// SPDX-License-Identifier: Apache-2.0
#include "gate/known_users.h"

#include "gate/editions.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

const std::vector<Assignment> Viewer{{.role = 1}};
const std::vector<Assignment> Editor{{.role = 2}};

UserKey key(std::int64_t number) {
  const UserKeys keys(UserKeys::Secret{});
  return keys("user " + std::to_string(number));
}

TEST(KnownUsers, FindsWhomItWasTold) {
  Holdings holdings(10);
  KnownUsers users(100, holdings);
  EXPECT_EQ(users.find(key(1), 0), nullptr);
  users.insert(key(1), 0, Viewer);
  ASSERT_NE(users.find(key(1), 0), nullptr);
  EXPECT_EQ(users.find(key(1), 0)->assignments().front().role, 1);
  EXPECT_EQ(users.find(key(2), 0), nullptr);
}

TEST(KnownUsers, ForgetsWhatIsOfAnotherEdition) {
  Holdings holdings(10);
  KnownUsers users(100, holdings);
  Editions editions;
  users.insert(key(1), editions.of(key(1)), Viewer);
  editions.end(key(1));
  EXPECT_EQ(users.find(key(1), editions.of(key(1))), nullptr);
  users.insert(key(1), editions.of(key(1)), Editor);
  EXPECT_EQ(users.find(key(1), editions.of(key(1)))->assignments().front().role, 2);
  editions.end_all();
  EXPECT_EQ(users.find(key(1), editions.of(key(1))), nullptr);
}

TEST(KnownUsers, SharesHoldingsAndLetsGoOfThem) {
  Holdings holdings(10);
  KnownUsers users(100, holdings);
  Holding& first = users.insert(key(1), 0, {{.role = 1}, {.role = 2}});
  Holding& second = users.insert(key(2), 0, {{.role = 2}, {.role = 1}});
  EXPECT_EQ(&first, &second);
  EXPECT_EQ(holdings.size(), 1U);
  users.insert(key(1), 0, Editor);
  EXPECT_EQ(holdings.size(), 2U);
  users.insert(key(2), 0, Editor);
  EXPECT_EQ(holdings.size(), 1U);
}

TEST(KnownUsers, KeepsMostOfThoseItIsForAndNoMore) {
  constexpr std::int64_t Count = 10'000;
  Holdings holdings(10);
  KnownUsers users(Count, holdings);
  for (std::int64_t i = 0; i < Count; ++i) users.insert(key(i), 0, {{.role = i}});
  std::size_t known = 0;
  for (std::int64_t i = 0; i < Count; ++i) known += users.find(key(i), 0) != nullptr ? 1U : 0U;
  EXPECT_GT(known, std::size_t{9'990});
  EXPECT_EQ(holdings.size(), known);
  for (std::int64_t i = Count; i < 10 * Count; ++i) users.insert(key(i), 0, {{.role = i}});
  EXPECT_LE(holdings.size(), std::size_t{40'000});
}

TEST(Holding, RemembersByQuestionAndBook) {
  Holding holding(Viewer, 130);
  holding.remember_allowed(0, 7);
  holding.remember_allowed(129, 7);
  EXPECT_TRUE(holding.allows(0, 7));
  EXPECT_TRUE(holding.allows(129, 7));
  EXPECT_FALSE(holding.allows(128, 7));
  EXPECT_FALSE(holding.allows(0, 8));
  holding.remember_allowed(1, 8);
  EXPECT_FALSE(holding.allows(129, 8));
  EXPECT_FALSE(holding.allows(0, 7));
}

}  // namespace
}  // namespace portico::rbac
