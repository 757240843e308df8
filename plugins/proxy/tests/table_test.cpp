// SPDX-License-Identifier: Apache-2.0
#include "balance/table.h"

#include "balance/hash.h"
#include "patients.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using namespace std::chrono_literals;
using test::Ward;
using Members = std::vector<Table::Member>;
using Counts = std::vector<int>;

/// A Choice of the test's.
struct Chooser {
  [[nodiscard]] bool tried(std::size_t endpoint) const { return before.contains(endpoint); }
  [[nodiscard]] std::uint32_t load(std::size_t endpoint) const { return loads.at(endpoint); }
  [[nodiscard]] std::uint64_t turn() const { return turns; }
  [[nodiscard]] std::uint32_t random() { return static_cast<std::uint32_t>(engine()); }

  std::set<std::size_t> before;
  std::vector<std::uint32_t> loads = std::vector<std::uint32_t>(16, 0);
  std::uint64_t turns = 0;
  std::mt19937 engine{7};
};

Members members(const std::vector<std::uint32_t>& weights) {
  Members all;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    all.push_back({hash_of("10.0.0." + std::to_string(i)), weights[i], 0});
  }
  return all;
}

Counts count(const Table& table, Chooser& chooser, int rounds, const Table::Wish& wish = {}) {
  Counts counts(8, 0);
  for (int i = 0; i < rounds; ++i, ++chooser.turns) {
    const std::size_t picked = table.pick(chooser, wish);
    if (picked < counts.size()) ++counts[picked];
  }
  return counts;
}

TEST(Table, TakesTurnsByWeight) {
  const Ward ward(3);
  const Table table(Method::RoundRobin, members({2, 1, 0}), ward.health);
  Chooser chooser;
  std::string order;
  for (; chooser.turns < 6; ++chooser.turns) order += std::to_string(table.pick(chooser, {}));
  EXPECT_EQ(order, "010010");
}

TEST(Table, HasNobodyWhereNobodyIs) {
  const Ward ward(0);
  Chooser chooser;
  EXPECT_EQ(Table(Method::RoundRobin, {}, ward.health).pick(chooser, {}), Table::None);
}

TEST(Table, DrawsAtRandomByWeight) {
  const Ward ward(2);
  const Table table(Method::Random, members({3, 1}), ward.health);
  Chooser chooser;
  const Counts counts = count(table, chooser, 10'000);
  EXPECT_NEAR(counts[0], 7'500, 300);
  EXPECT_NEAR(counts[1], 2'500, 300);
}

TEST(Table, PrefersTheLessBusy) {
  const Ward ward(2);
  const Table table(Method::LeastConnections, members({1, 1}), ward.health);
  Chooser chooser;
  chooser.loads = {9, 3};
  EXPECT_GT(count(table, chooser, 1'000)[1], 990);
}

TEST(Table, LetsTheHeavierBearMore) {
  const Ward ward(2);
  const Table table(Method::LeastConnections, members({4, 1}), ward.health);
  Chooser chooser;
  chooser.loads = {6, 3};
  EXPECT_GT(count(table, chooser, 1'000)[0], 990);
}

TEST(Table, EvensOutTheLoad) {
  const Ward ward(8);
  const Table table(Method::LeastConnections, members({1, 1, 1, 1, 1, 1, 1, 1}), ward.health);
  Chooser chooser;
  for (int i = 0; i < 8'000; ++i) ++chooser.loads[table.pick(chooser, {})];
  for (std::size_t i = 0; i < 8; ++i) EXPECT_NEAR(chooser.loads[i], 1'000, 10);
}

TEST(Table, KeepsAKeyAtItsEndpoint) {
  const Ward ward(4);
  const Table table(Method::Hash, members({1, 1, 1, 1}), ward.health);
  Chooser chooser;
  for (std::uint64_t key = 0; key < 100; ++key) {
    const Counts counts = count(table, chooser, 10, {.key = hash_of(std::to_string(key))});
    EXPECT_EQ(std::set<int>(counts.begin(), counts.end()), (std::set<int>{0, 10}));
  }
}

TEST(Table, MovesOnlyTheKeysOfWhoIsOut) {
  Ward ward(4);
  const Table table(Method::Hash, members({1, 1, 1, 1}), ward.health);
  Chooser chooser;
  std::map<std::uint64_t, std::size_t> before;
  for (std::uint64_t key = 0; key < 1'000; ++key) {
    before[key] = table.pick(chooser, {.key = mixed(key)});
  }
  ward.fail_often(2);
  for (const auto& [key, endpoint] : before) {
    const std::size_t now = table.pick(chooser, {.key = mixed(key)});
    if (endpoint == 2)
      EXPECT_NE(now, 2U);
    else
      EXPECT_EQ(now, endpoint);
  }
}

TEST(Table, TakesTurnsForRequestsWithoutAKey) {
  const Ward ward(2);
  const Table table(Method::Hash, members({1, 1}), ward.health);
  Chooser chooser;
  EXPECT_EQ(count(table, chooser, 10), (Counts{5, 5, 0, 0, 0, 0, 0, 0}));
}

TEST(Table, StaysWithTheEndpointThatStuck) {
  const Ward ward(3);
  const Members all = members({1, 1, 0});
  const Table table(Method::RoundRobin, all, ward.health);
  Chooser chooser;
  EXPECT_EQ(count(table, chooser, 10, {.sticky = all[1].id})[1], 10);
  EXPECT_EQ(count(table, chooser, 10, {.sticky = all[2].id})[2], 10)
      << "one without weight keeps those that it has";
}

TEST(Table, LeavesAnEndpointThatIsOutOrGone) {
  Ward ward(2);
  const Members all = members({1, 1});
  const Table table(Method::RoundRobin, all, ward.health);
  Chooser chooser;
  EXPECT_EQ(table.pick(chooser, {.sticky = 12345}), 0U);
  ward.fail_often(1);
  EXPECT_EQ(count(table, chooser, 10, {.sticky = all[1].id})[0], 10);
}

TEST(Table, SharesOutWhatOneLeavesBehind) {
  Ward ward(4);
  const Table table(Method::RoundRobin, members({1, 1, 1, 1}), ward.health);
  ward.fail_often(1);
  Chooser chooser;
  const Counts counts = count(table, chooser, 9'000);
  EXPECT_EQ(counts[1], 0);
  for (const std::size_t i : {0U, 2U, 3U}) EXPECT_NEAR(counts[i], 3'000, 200);
}

TEST(Table, TriesAnotherOne) {
  const Ward ward(2);
  for (const Method method :
       {Method::RoundRobin, Method::Random, Method::LeastConnections, Method::Hash}) {
    const Table table(method, members({1, 1}), ward.health);
    Chooser chooser;
    chooser.before = {0};
    EXPECT_EQ(count(table, chooser, 20, {.key = 1})[1], 20);
  }
}

TEST(Table, TriesTheSameOneWhenThereIsNoOther) {
  const Ward ward(1);
  const Table table(Method::RoundRobin, members({1}), ward.health);
  Chooser chooser;
  chooser.before = {0};
  EXPECT_EQ(table.pick(chooser, {}), 0U);
}

TEST(Table, UsesAllInAPanic) {
  Ward ward(4, {.failures = 1, .most = 100, .panic = 60});
  const Table table(Method::RoundRobin, members({1, 1, 1, 1}), ward.health);
  ward.fail(0);
  Chooser chooser;
  EXPECT_EQ(count(table, chooser, 400)[0], 0);
  ward.fail(1);
  EXPECT_EQ(count(table, chooser, 400), (Counts{100, 100, 100, 100, 0, 0, 0, 0}));
}

TEST(Table, UsesTheOnesThatAreUpWherePanicIsOff) {
  Ward ward(4, {.failures = 1, .most = 100, .panic = 0});
  const Table table(Method::RoundRobin, members({1, 1, 1, 1}), ward.health);
  for (const std::size_t i : {0U, 1U, 2U}) ward.fail(i);
  Chooser chooser;
  EXPECT_EQ(count(table, chooser, 100)[3], 100);
  ward.fail(3);
  EXPECT_NE(table.pick(chooser, {}), Table::None) << "better one that is out than nobody";
}

TEST(Table, FailsOverToTheNextPriority) {
  Ward ward(3, {.failures = 1, .most = 100});
  Members all = members({1, 1, 1});
  all[2].priority = 1;
  const Table table(Method::RoundRobin, all, ward.health);
  Chooser chooser;
  EXPECT_EQ(count(table, chooser, 100), (Counts{50, 50, 0, 0, 0, 0, 0, 0}));
  ward.fail(0);
  EXPECT_EQ(count(table, chooser, 100), (Counts{0, 100, 0, 0, 0, 0, 0, 0}));
  ward.fail(1);
  EXPECT_EQ(count(table, chooser, 100), (Counts{0, 0, 100, 0, 0, 0, 0, 0}));
  ward.now += 10s;
  EXPECT_EQ(count(table, chooser, 100)[2], 0);
}

TEST(Table, RetriesInTheNextPriorityWhenTheFirstIsTried) {
  const Ward ward(2);
  Members all = members({1, 1});
  all[1].priority = 1;
  const Table table(Method::RoundRobin, all, ward.health);
  Chooser chooser;
  chooser.before = {0};
  EXPECT_EQ(table.pick(chooser, {}), 1U);
}

TEST(Table, PanicsInTheFirstPriorityWhenEveryPriorityIsOut) {
  Ward ward(2, {.failures = 1, .most = 100});
  Members all = members({1, 1});
  all[1].priority = 1;
  const Table table(Method::RoundRobin, all, ward.health);
  ward.fail(0);
  ward.fail(1);
  Chooser chooser;
  EXPECT_EQ(count(table, chooser, 10)[0], 10);
}

TEST(Table, LetsOneThatCameBackBeginSlowly) {
  Ward ward(2, {}, 10s);
  const Table table(Method::RoundRobin, members({1, 1}), ward.health);
  ward.fail_often(0);
  ward.now += 10s;
  Chooser chooser;
  static_cast<void>(count(table, chooser, 2));
  ward.now += 1s;
  const Counts early = count(table, chooser, 10'000);
  EXPECT_GT(early[0], 200);
  EXPECT_LT(early[0], 2'000);
  ward.now += 9s;
  EXPECT_EQ(count(table, chooser, 100)[0], 50);
}

}  // namespace
}  // namespace portico::proxy
