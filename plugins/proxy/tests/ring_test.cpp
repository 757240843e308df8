// SPDX-License-Identifier: Apache-2.0
#include "balance/ring.h"

#include "balance/hash.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

constexpr std::size_t Keys = 20'000;

std::vector<Ring::Member> members(std::uint32_t count) {
  std::vector<Ring::Member> all;
  for (std::uint32_t i = 0; i < count; ++i) {
    all.push_back({hash_of("10.0.0." + std::to_string(i) + ":80"), 1, i});
  }
  return all;
}

std::uint32_t at(const Ring& ring, std::size_t key) {
  std::uint32_t found = 0;
  EXPECT_TRUE(ring.walk(hash_of("key" + std::to_string(key)), [&found](std::uint32_t index) {
    found = index;
    return true;
  }));
  return found;
}

std::vector<std::size_t> shares(const Ring& ring, std::size_t count) {
  std::vector<std::size_t> shares(count, 0);
  for (std::size_t key = 0; key < Keys; ++key) ++shares[at(ring, key)];
  return shares;
}

TEST(Ring, SharesKeysOutEvenly) {
  for (const std::size_t share : shares(Ring(members(10)), 10)) {
    EXPECT_GT(share, Keys / 10 * 8 / 10);
    EXPECT_LT(share, Keys / 10 * 12 / 10);
  }
}

TEST(Ring, GoesByWeight) {
  auto all = members(4);
  all[0].weight = 5;
  all[3].weight = 0;
  const auto parts = shares(Ring(all), 4);
  EXPECT_NEAR(static_cast<double>(parts[0]), Keys * 5.0 / 7, Keys * 0.05);
  EXPECT_EQ(parts[3], 0U);
}

TEST(Ring, MovesTheKeysAloneOfWhoGoes) {
  const auto all = members(10);
  const Ring before(all);
  const Ring after(std::vector(all.begin(), all.end() - 1));
  std::size_t moved = 0;
  for (std::size_t key = 0; key < Keys; ++key) {
    const std::uint32_t old = at(before, key);
    if (old == at(after, key)) continue;
    EXPECT_EQ(old, 9U);
    ++moved;
  }
  EXPECT_NEAR(static_cast<double>(moved), Keys / 10.0, Keys * 0.03);
}

TEST(Ring, MovesTheSameKeysWhenOneIsLeftOutInTheWalk) {
  const auto all = members(10);
  const Ring whole(all);
  const Ring without(std::vector(all.begin(), all.end() - 1));
  for (std::size_t key = 0; key < 1000; ++key) {
    std::uint32_t found = 0;
    EXPECT_TRUE(whole.walk(hash_of("key" + std::to_string(key)), [&found](std::uint32_t index) {
      found = index;
      return index != 9;
    }));
    EXPECT_EQ(found, at(without, key));
  }
}

TEST(Ring, VisitsEverybody) {
  std::set<std::uint32_t> seen;
  EXPECT_FALSE(Ring(members(10)).walk(1, [&seen](std::uint32_t index) {
    seen.insert(index);
    return false;
  }));
  EXPECT_EQ(seen.size(), 10U);
}

TEST(Ring, HasNobodyWhenItIsEmpty) {
  EXPECT_FALSE(Ring().walk(1, [](std::uint32_t) { return true; }));
  EXPECT_TRUE(Ring(std::vector<Ring::Member>{{1, 0, 0}}).empty());
}

TEST(Hash, IsTheSameForEver) {
  EXPECT_EQ(hash_of(""), mixed(0xcbf29ce484222325));
  EXPECT_NE(hash_of("a"), hash_of("b"));
  static_assert(hash_of("10.0.0.1:80") == hash_of("10.0.0.1:80"));
}

}  // namespace
}  // namespace portico::proxy
