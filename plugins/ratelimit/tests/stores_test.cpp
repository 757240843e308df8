// SPDX-License-Identifier: Apache-2.0
// Memory and Redis give the same answers: every limit, and several at once, through both, at the
// same times, in random schedules; both are held to the reference model too.
#include "policy/policy.h"
#include "store/scripts.h"
#include "tests/limit_kinds.h"
#include "tests/real_redis.h"
#include <portico/testing.h>

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

/// Lends its Host.
class Lender final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"lender", "1.0.0", "Lends its Host"};
  Lender(const Config&, Host& lent) { host = &lent; }
  void setup(Registrar&) override {}
  static inline Host* host = nullptr;
};

constexpr std::int64_t Start = 1'700'000'000 * Second;

/// The same requests of one subject to both stores.
class Twins {
 public:
  Twins(const Policy& policy, RealRedis& redis, Key key)
      : policy_(policy), redis_(redis), key_(key) {
    for (std::size_t i = 0; i < policy_.members().size(); ++i) {
      keys_.push_back(text_of(key_) + std::to_string(i));
    }
  }

  /// What both say; fails where they differ.
  Decision take(const Moment& moment, std::uint32_t cost) {
    const Decision here = policy_.take(key_, moment, cost);
    there_ = there(moment, cost);
    EXPECT_EQ(here.allowed, there_.allowed);
    EXPECT_EQ(here.retry, there_.retry);
    for (std::size_t i = 0; i < policy_.members().size(); ++i) {
      const Reading& left = here.readings[i];
      const Reading& right = there_.readings[i];
      const std::string& name = policy_.members()[i].settled.name;
      EXPECT_EQ(left.allowed, right.allowed) << name;
      EXPECT_EQ(left.remaining, right.remaining) << name;
      EXPECT_EQ(left.reset, right.reset) << name;
      EXPECT_EQ(left.retry, right.retry) << name;
    }
    return here;
  }

  /// Gives back what the last `take`, which was allowed, has taken.
  void give_back(const Decision& here, std::uint32_t cost) {
    policy_.give_back(key_, here.receipts, cost, Policy::What::Everything);
    RealRedis::Words words{std::to_string(cost), "node"};
    for (std::size_t i = 0; i < policy_.members().size(); ++i) {
      for (const std::string& word : policy_.members()[i].words) words.push_back(word);
      words.push_back(std::to_string(there_.receipts[i]));
    }
    const auto said = redis_.run(give_back_script(), keys_, words);
    EXPECT_EQ(said.kind, RealRedis::Value::Kind::Integer) << said.text;
  }

 private:
  Decision there(const Moment& moment, std::uint32_t cost) {
    RealRedis::Words words{std::to_string(moment.unix), std::to_string(cost), "node", "sign:"};
    for (const Policy::Member& member : policy_.members()) {
      words.insert(words.end(), member.words.begin(), member.words.end());
    }
    const auto said = redis_.run(take_script(), keys_, words);
    Decision decision;
    EXPECT_EQ(said.items.size(), keys_.size() * 5) << said.text;
    if (said.items.size() != keys_.size() * 5) return decision;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto* const value = &said.items[i * 5];
      decision.readings[i] = {value[0].integer == 1, static_cast<std::uint32_t>(value[1].integer),
                              value[2].integer, value[3].integer};
      decision.receipts[i] = static_cast<Word>(value[4].integer);
    }
    policy_.conclude(decision, cost);
    return decision;
  }

  const Policy& policy_;
  RealRedis& redis_;
  Key key_;
  RealRedis::Words keys_;
  Decision there_;
};

class StoresTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!RealRedis::is_there()) GTEST_SKIP() << "this machine has no redis-server";
    gateway_.load<Lender>();
    gateway_.start();
    memory_ = std::make_unique<Memory>(100'000, *Lender::host);
    redis_ = std::make_unique<RealRedis>();
  }

  /// One schedule of one subject.
  void compare(const Policy& policy, std::int64_t length, ReferenceModel* model,
               std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Twins twins(policy, *redis_, {random(), random()});
    std::int64_t after = step_of(random, length);
    for (int step = 0; step < 10 && !HasFailure(); ++step) {
      after += step_of(random, length);
      const Moment moment{Second + after, Start + after, Start + after};
      const auto cost = static_cast<std::uint32_t>(1 + (random() % 3 == 0 ? random() % 4 : 0));
      for (std::uint64_t i = random() % 8; i < 8 && !HasFailure(); ++i) {
        const Decision here = twins.take(moment, cost);
        if (model != nullptr) {
          EXPECT_EQ(here.allowed, model->admit(moment, cost));
        }
        if (!here.allowed || random() % 3 != 0) continue;
        twins.give_back(here, cost);
        if (model != nullptr) model->give_back(moment, cost);
      }
    }
  }

  portico::testing::Gateway gateway_;
  std::unique_ptr<Memory> memory_;
  std::unique_ptr<RealRedis> redis_;
};

TEST_F(StoresTest, AgreeOnEveryLimitAndWithTheModel) {
  std::uint64_t seed = 1000;
  for (const LimitKind& kind : limit_kinds()) {
    LimitSet set;
    static_cast<LimitSettings&>(set) = kind.settings;
    const Policy policy(set, kind.name, *memory_, *Lender::host);
    for (int i = 0; i < 20 && !HasFailure(); ++i) {
      SCOPED_TRACE(kind.name + " " + std::to_string(++seed));
      const auto model = kind.model();
      compare(policy, kind.length, model.get(), seed);
    }
  }
}

TEST_F(StoresTest, AgreeOnSeveralLimitsAtOnce) {
  const auto kinds = limit_kinds();
  std::mt19937_64 random(1);
  for (std::uint64_t seed = 0; seed < 60 && !HasFailure(); ++seed) {
    LimitSet set;
    std::int64_t length = 0;
    for (int i = 0; i < 3; ++i) {
      const LimitKind& kind = kinds[random() % kinds.size()];
      length = kind.length;
      ListedLimit listed;
      static_cast<LimitSettings&>(listed) = kind.settings;
      listed.name = "n" + std::to_string(i);
      set.limits.push_back(listed);
    }
    SCOPED_TRACE(seed);
    const Policy policy(set, "several " + std::to_string(seed), *memory_, *Lender::host);
    compare(policy, length, nullptr, seed);
  }
}

TEST_F(StoresTest, GoByTheClockOfRedisWhereNoneIsGiven) {
  LimitSet set;
  set.limit = 2;
  set.per = std::chrono::hours(24 * 366);
  const Policy policy(set, "clock", *memory_, *Lender::host);
  const auto take = [&] {
    RealRedis::Words words{"0", "1", "node", "sign:"};
    const auto& more = policy.members().front().words;
    words.insert(words.end(), more.begin(), more.end());
    return redis_->run(take_script(), {"k"}, words).items.at(0).integer;
  };
  EXPECT_EQ(take(), 1);
  EXPECT_EQ(take(), 1);
  EXPECT_EQ(take(), 0);
  const std::int64_t left = redis_->say({"PTTL", "k"}).integer;
  EXPECT_GT(left, std::int64_t{365} * 86'400'000);
  EXPECT_LE(left, std::int64_t{366} * 86'400'000 + 1001);
}

TEST_F(StoresTest, ForgetTheSlotsOfANodeThatIsNoMore) {
  LimitSet set;
  set.limit = 1;
  set.algorithm = Algorithm::Concurrency;
  const Policy policy(set, "slots", *memory_, *Lender::host);
  const auto take = [&](const std::string& node) {
    RealRedis::Words words{"0", "1", node, "sign:"};
    const auto& more = policy.members().front().words;
    words.insert(words.end(), more.begin(), more.end());
    return redis_->run(take_script(), {"k"}, words).items.at(0).integer;
  };
  EXPECT_EQ(take("a"), 1);
  EXPECT_EQ(take("b"), 0);
  redis_->say({"DEL", "sign:a"});
  EXPECT_EQ(take("b"), 1);
  EXPECT_EQ(take("a"), 0);
}

}  // namespace
}  // namespace portico::ratelimit
