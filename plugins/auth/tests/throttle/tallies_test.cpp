// SPDX-License-Identifier: Apache-2.0
#include "throttle/tallies.h"

#include "store/tables.h"

#include <atomic>

namespace portico::auth::test {
namespace {

using throttle::Grant;

class Takes : public Tables {
 public:
  template <class Rule>
  Grant take(const Rule& rule, Time at) {
    return write([&](Transaction& db) { return throttle::take(db, key, rule, at); });
  }

  const TallyKey key = throttle::key_of(bytes<32>(1), "reset.target", "ada@example.com");
};
INSTANTIATE_TEST_SUITE_P(On, Takes, BothEngines, engine_name);

TEST_P(Takes, GiveTheBurstOfABucketAndThenItsRate) {
  const Bucket rule{.burst = 3, .limit = 60, .per = 1h};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(rule, now).allowed);
  EXPECT_EQ(take(rule, now).wait, 1min);
  EXPECT_TRUE(take(rule, now + 1min).allowed);
  EXPECT_EQ(take(rule, now + 1min).wait, 1min) << "what was refused was not taken";
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(rule, now + 1h).allowed);
  EXPECT_FALSE(take(rule, now + 1h).allowed);
}

// identity.md, case 153.
TEST_P(Takes, GiveFiveMailsInAnyHour) {
  const Quota rule{.most = 5, .window = 1h};
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(take(rule, now + i * 10min).allowed);
  EXPECT_EQ(take(rule, now + 50min).wait, 50min);
  EXPECT_EQ(take(rule, now + 1h).wait, 40min) << "a bucket would give one more";
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(take(rule, now + 100min).allowed);
  EXPECT_FALSE(take(rule, now + 100min).allowed);
}

TEST_P(Takes, GiveSoManyHoweverManyComeAtOnce) {
  std::atomic<int> given = 0;
  parallel(20, [&](std::size_t) { given += take(Bucket{.burst = 3, .limit = 3}, now).allowed; });
  EXPECT_EQ(given, 3);
}

TEST_P(Takes, AreForgottenInPortionsUnlessTheyHoldSomebodyUp) {
  const auto purge = [&](Time used_before, Time at) {
    return write([&](Transaction& db) { return throttle::purge(db, used_before, at, 1); });
  };
  (void)take(Bucket{.burst = 1, .limit = 1, .per = 48h}, now);
  EXPECT_EQ(purge(now, now + 48h), 0U);
  EXPECT_EQ(purge(now + 1s, now + 24h), 0U);
  EXPECT_EQ(purge(now + 1s, now + 48h + 1s), 1U);
  EXPECT_EQ(purge(now + 1s, now + 48h + 1s), 0U);
}

}  // namespace
}  // namespace portico::auth::test
