// SPDX-License-Identifier: Apache-2.0
// The pure parts of the gate: cache, revocations, clock, budget.
#include "gate/caller.h"
#include "gate/expiry_clock.h"
#include "gate/revocations.h"
#include "gate/token_cache.h"
#include "gate/turn_budget.h"
#include <portico/per_thread.h>

#include <array>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<const Caller> somebody() {
  return Caller::of(KnownSession{.id = "s1", .subject = "ada"}, nullptr, IdentityHeaders({}));
}

TEST(TokenCache, FindsWhatWasPutIn) {
  TokenCache cache({}, {});
  EXPECT_EQ(cache.find("a.b.c"), nullptr);
  cache.insert("a.b.c", somebody(), 100, 7);
  ASSERT_NE(cache.find("a.b.c"), nullptr);
  EXPECT_EQ(cache.find("a.b.c")->epoch, 7U);
  EXPECT_EQ(cache.find("a.b.c")->caller->principal.subject, "ada");
}

TEST(Attack38, TokensAreComparedWhole) {
  TokenCache cache({}, {});
  const std::string end(120, 's');
  cache.insert("one." + end, somebody(), 100, 0);
  EXPECT_EQ(cache.find("two." + end), nullptr);
  EXPECT_EQ(cache.find(end), nullptr);
  EXPECT_NE(cache.find("one." + end), nullptr);
  cache.insert("two." + end, somebody(), 100, 0);
  EXPECT_EQ(cache.find("one." + end), nullptr);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(TokenCache, HoldsSoManyAndForgetsTheOneLongestNotAskedFor) {
  TokenCache cache({.entries = 3, .bytes = 1U << 20U}, {});
  for (const char* const each : {"a", "b", "c"}) cache.insert(each, somebody(), 10, 0);
  EXPECT_NE(cache.find("a"), nullptr);
  cache.insert("d", somebody(), 10, 0);
  EXPECT_EQ(cache.size(), 3U);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("a"), nullptr);
  EXPECT_NE(cache.find("d"), nullptr);
}

TEST(TokenCache, HoldsSoManyBytes) {
  TokenCache cache({.entries = 1000, .bytes = 10'000}, {});
  for (int i = 0; i < 100; ++i) cache.insert(std::to_string(i), somebody(), 1000, 0);
  EXPECT_LE(cache.bytes(), 10'000U);
  EXPECT_GE(cache.size(), 5U);
  cache.insert("large", somebody(), 10'000, 0);
  EXPECT_EQ(cache.find("large"), nullptr);
}

TEST(TokenCache, GivesBackWhatItForgets) {
  TokenCache cache({.entries = 2, .bytes = 1U << 20U}, {});
  const auto caller = somebody();
  cache.insert("a", caller, 10, 0);
  cache.erase("b");
  cache.erase("a");
  EXPECT_EQ(cache.size(), 0U);
  EXPECT_EQ(cache.bytes(), 0U);
  EXPECT_EQ(caller.use_count(), 1);
  for (const char* const each : {"a", "b", "c", "a"}) cache.insert(each, caller, 10, 0);
  EXPECT_EQ(caller.use_count(), 3);
}

TEST(TokenCache, MayBeOff) {
  TokenCache cache({.entries = 0, .bytes = 1U << 20U}, {});
  cache.insert("a", somebody(), 10, 0);
  EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(Revocations, DenyASession) {
  Revocations revocations(30s);
  EXPECT_FALSE(revocations.state()->denies("s1", "ada", 5s));
  const std::uint64_t before = revocations.epoch();
  revocations.deny({.name = "s1", .until = 100s}, 1s);
  EXPECT_GT(revocations.epoch(), before);
  EXPECT_TRUE(revocations.state()->denies("s1", "ada", 5s));
  EXPECT_FALSE(revocations.state()->denies("s2", "ada", 5s));
  EXPECT_FALSE(revocations.state()->denies("", "ada", 5s));
}

TEST(Revocations, DenyWhatAUserGotBefore) {
  Revocations revocations(30s);
  revocations.deny({.what = Denial::What::Subject, .name = "ada", .not_before = 50s, .until = 100s},
                   1s);
  EXPECT_TRUE(revocations.state()->denies("s1", "ada", 49s));
  EXPECT_FALSE(revocations.state()->denies("s1", "ada", 50s));
  EXPECT_FALSE(revocations.state()->denies("s1", "bob", 1s));
  revocations.deny({.what = Denial::What::Subject, .name = "ada", .not_before = 20s, .until = 100s},
                   1s);
  EXPECT_TRUE(revocations.state()->denies("s1", "ada", 49s));
}

TEST(Revocations, LeaveStateAndEpochAloneWhereNothingIsNew) {
  Revocations revocations(30s);
  const std::array<Denial, 2> denials{
      Denial{.name = "s1", .until = 100s},
      Denial{.what = Denial::What::Subject, .name = "ada", .not_before = 50s, .until = 100s}};
  revocations.deny(denials, 1s);
  const std::uint64_t epoch = revocations.epoch();
  const auto state = revocations.state();
  revocations.deny(denials, 2s);
  revocations.deny({.what = Denial::What::Subject, .name = "ada", .not_before = 49s, .until = 100s},
                   2s);
  revocations.deny({.name = "s2", .until = 1s}, 2s);
  EXPECT_EQ(revocations.epoch(), epoch);
  EXPECT_EQ(revocations.state(), state);
}

TEST(Revocations, TakeWhatIsNewBesideWhatIsKnown) {
  Revocations revocations(30s);
  revocations.deny({.what = Denial::What::Subject, .name = "ada", .not_before = 50s, .until = 100s},
                   1s);
  const std::uint64_t epoch = revocations.epoch();
  revocations.deny({.what = Denial::What::Session, .name = "ada", .until = 100s}, 1s);
  EXPECT_EQ(revocations.epoch(), epoch + 1) << "a session may bear the name of a user";
  revocations.deny({.what = Denial::What::Subject, .name = "ada", .not_before = 51s, .until = 90s},
                   1s);
  EXPECT_EQ(revocations.epoch(), epoch + 2);
  EXPECT_TRUE(revocations.state()->denies("", "ada", 50s));
  revocations.deny({.what = Denial::What::Subject, .name = "ada", .not_before = 51s, .until = 110s},
                   1s);
  EXPECT_EQ(revocations.epoch(), epoch + 3) << "it is denied for longer";
}

TEST(Revocations, KnowWhatHasSettled) {
  Revocations revocations(30s);
  const auto deny_all = [&] {
    for (int i = 0; i < 1000; ++i) {
      const std::string name = "s" + std::to_string(i);
      revocations.deny({.name = name, .until = 10'000s}, 1s);
    }
  };
  deny_all();
  const std::uint64_t epoch = revocations.epoch();
  deny_all();
  EXPECT_EQ(revocations.epoch(), epoch);
}

TEST(Revocations, ForgetWhatHasExpiredByItself) {
  Revocations revocations(30s);
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "s" + std::to_string(i);
    revocations.deny({.name = name, .until = std::chrono::seconds(i)}, std::chrono::seconds(i));
  }
  EXPECT_LE(revocations.state()->size(), 600U);
  EXPECT_TRUE(revocations.state()->denies("s999", "", 0s));
}

TEST(Revocations, KeepManyThatHaveNot) {
  Revocations revocations(30s);
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "s" + std::to_string(i);
    revocations.deny({.name = name, .until = 10'000s}, 1s);
  }
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(revocations.state()->denies("s" + std::to_string(i), "", 0s)) << i;
  }
}

TEST(Revocations, AreStaleWhenNothingIsHeard) {
  Revocations revocations(30s);
  EXPECT_FALSE(revocations.stale(1000s));
  revocations.heard(1000s);
  EXPECT_FALSE(revocations.stale(1030s));
  EXPECT_TRUE(revocations.stale(1031s));
  revocations.heard(1031s);
  EXPECT_FALSE(revocations.stale(1031s));
}

TEST(Attack39, AClockThatIsPutBackResurrectsNothing) {
  ExpiryClock clock;
  EXPECT_EQ(clock.now(1'000'000s, 100s), 1'000'000s);
  EXPECT_EQ(clock.now(1'000'060s, 160s), 1'000'060s);
  // The machine's clock goes ten minutes back.
  EXPECT_EQ(clock.now(999'460s, 160s), 1'000'060s);
  EXPECT_EQ(clock.now(999'760s, 460s), 1'000'360s);
  // Until it has caught up.
  EXPECT_EQ(clock.now(1'000'061s, 761s), 1'000'661s);
}

TEST(ExpiryClock, BelievesAClockThatStaysBehind) {
  ExpiryClock clock;
  EXPECT_EQ(clock.now(2'000'000s, 0s), 2'000'000s);
  EXPECT_EQ(clock.now(1'000'000s, 1s), 2'000'001s);
  EXPECT_EQ(clock.now(1'000'901s, 902s), 1'000'901s);
  EXPECT_EQ(clock.now(1'000'902s, 903s), 1'000'902s);
}

TEST(ExpiryClock, GoesForwardWithTheMachines) {
  ExpiryClock clock;
  EXPECT_EQ(clock.now(1000s, 0s), 1000s);
  EXPECT_EQ(clock.now(5000s, 1s), 5000s);
}

TEST(TurnBudget, EndsWithTheTurn) {
  TurnBudget budget;
  EXPECT_TRUE(budget.is_open(1ns, Comes::Anew));
  budget.spend(TurnBudget::Units);
  EXPECT_FALSE(budget.is_open(1ns, Comes::Anew));
  EXPECT_TRUE(budget.is_open(1ns, Comes::Again));
  budget.spend(TurnBudget::Units);
  EXPECT_FALSE(budget.is_open(1ns, Comes::Again));
  EXPECT_TRUE(budget.is_open(2ns, Comes::Anew));
}

TEST(PerThread, GivesEachThreadItsOwn) {
  const auto make = [] { return std::make_unique<int>(0); };
  PerThread<int> one(make);
  PerThread<int> other(make);
  one.here() = 1;
  other.here() = 2;
  EXPECT_EQ(one.here(), 1);
  EXPECT_EQ(other.here(), 2);
  std::thread([&one] { EXPECT_EQ(one.here(), 0); }).join();
  EXPECT_EQ(one.here(), 1);
}

TEST(PerThread, IsNotTakenForOneThatStoodThere) {
  const auto make = [] { return std::make_unique<int>(0); };
  std::optional<PerThread<int>> one;
  one.emplace(make);
  one->here() = 5;
  one.emplace(make);
  EXPECT_EQ(one->here(), 0);
}

}  // namespace
}  // namespace portico::auth
