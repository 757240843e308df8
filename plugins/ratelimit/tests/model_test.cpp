// SPDX-License-Identifier: Apache-2.0
// The table admits exactly what the reference models admit, whoever asks at the same time: random
// schedules on 2 to 8 threads. PORTICO_RATELIMIT_SCHEDULES says how many for each limit; ctest runs
// a few, `PORTICO_RATELIMIT_SCHEDULES=10000 ratelimit_tests --gtest_filter='*Model*'` all.
#include "store/bucket_table.h"
#include "tests/crew.h"
#include "tests/limit_kinds.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

using Random = std::mt19937_64;

std::size_t schedules() {
  const char* const asked = std::getenv("PORTICO_RATELIMIT_SCHEDULES");
  return asked == nullptr ? 20 : static_cast<std::size_t>(std::atoll(asked));
}

/// One schedule against one key of the table.
class Schedule {
 public:
  Schedule(const LimitKind& kind, BucketTable& table, Crew& crew, std::uint64_t seed)
      : kind_(kind),
        table_(table),
        crew_(crew),
        random_(seed),
        key_{random_(), random_()},
        limit_(settle(kind.settings).limit),
        model_(kind.model()) {
    at_.steady = static_cast<std::int64_t>(1'700'000'000) * Second + step_of(random_, kind.length);
    at_.unix = at_.steady;
  }

  void run() {
    for (int step = 0; step < 12 && !::testing::Test::HasFailure(); ++step) {
      pass_time();
      if (limit_.is_concurrency() || random_() % 4 == 0) give_back();
      ask();
    }
  }

 private:
  void pass_time() {
    const std::int64_t time = step_of(random_, kind_.length);
    at_.lived += time;
    at_.steady += time;
    at_.unix += time;
  }

  /// Every thread a few times, all for the same cost: so their order does not matter.
  void ask() {
    const auto cost = static_cast<std::uint32_t>(1 + (random_() % 3 == 0 ? random_() % 4 : 0));
    const std::uint64_t times = 1 + random_() % 12;
    std::atomic<std::size_t> admitted{0};
    std::atomic<Word> receipt{0};
    crew_.run([&](std::size_t) {
      for (std::uint64_t i = 0; i < times; ++i) {
        const Taken taken = table_.take(key_, limit_, at_, cost);
        if (!taken.reading.allowed) continue;
        ++admitted;
        receipt = taken.next;
      }
    });
    std::size_t expected = 0;
    for (std::size_t i = 0; i < times * crew_.size(); ++i) expected += model_->admit(at_, cost);
    EXPECT_EQ(admitted, expected) << kind_.name << " cost " << cost << " at " << at_.steady;
    taken_ = {admitted, cost, receipt, at_};
  }

  /// Some of what was taken last, by all threads, while its window is open.
  void give_back() {
    const std::int64_t window = limit_.is_concurrency() ? 1 : at_.steady - taken_.at.steady;
    if (!limit_.is_concurrency() && window != 0) return;
    const std::size_t each = taken_.count / crew_.size();
    crew_.run([&](std::size_t) {
      for (std::size_t i = 0; i < each; ++i)
        table_.give_back(key_, limit_, taken_.receipt, taken_.cost);
    });
    for (std::size_t i = 0; i < each * crew_.size(); ++i) model_->give_back(at_, taken_.cost);
    taken_.count -= each * crew_.size();
  }

  struct Lot {
    std::size_t count = 0;
    std::uint32_t cost = 1;
    Word receipt = 0;
    Moment at{};
  };

  const LimitKind& kind_;
  BucketTable& table_;
  Crew& crew_;
  Random random_;
  Key key_;
  Limit limit_;
  std::unique_ptr<ReferenceModel> model_;
  Moment at_{.lived = Second, .steady = 0, .unix = 0};
  Lot taken_;
};

class ModelTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ModelTest, AdmitsWhatTheReferenceAdmits) {
  BucketTable table(100'000);
  Crew crew(GetParam());
  std::uint64_t seed = GetParam() * 1'000'000'007;
  for (const LimitKind& kind : limit_kinds()) {
    for (std::size_t i = 0; i < schedules() && !HasFailure(); ++i) {
      Schedule(kind, table, crew, ++seed).run();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, ModelTest, ::testing::Values(2, 3, 5, 8));

}  // namespace
}  // namespace portico::ratelimit
