// SPDX-License-Identifier: Apache-2.0
// The table admits exactly what the reference models admit, whoever asks at the same time: random
// schedules on 2 to 8 threads. PORTICO_RATELIMIT_SCHEDULES says how many for each limit; ctest runs
// a few, `PORTICO_RATELIMIT_SCHEDULES=10000 ratelimit_tests --gtest_filter='*Model*'` all.
#include "store/bucket_table.h"
#include "tests/crew.h"
#include "tests/reference_model.h"

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

/// One kind of limit, anew for each schedule.
struct Kind {
  std::string name;
  std::int64_t length;  ///< Of its window, us: what steps of time are about.
  std::function<Limit()> limit;
  std::function<std::unique_ptr<ReferenceModel>()> model;
};

Kind gcra(std::uint32_t limit, std::int64_t seconds, std::uint32_t burst) {
  return {"gcra" + std::to_string(limit) + "x" + std::to_string(burst), seconds * Second,
          [=] { return Limit(Gcra(limit, seconds, burst)); },
          [=] { return std::make_unique<GcraModel>(limit, seconds, burst); }};
}
Kind fixed(std::uint32_t limit, std::int64_t seconds) {
  return {"fixed" + std::to_string(limit), seconds * Second,
          [=] { return Limit(Fixed(limit, Period(std::chrono::seconds(seconds)))); },
          [=] { return std::make_unique<FixedModel>(limit, seconds); }};
}
Kind calendar(std::uint32_t limit, Calendar unit) {
  return {unit == Calendar::Day ? "day" : "month",
          (unit == Calendar::Day ? 1 : 30) * 86'400 * Second,
          [=] { return Limit(Fixed(limit, Period(unit))); },
          [=] { return std::make_unique<CalendarModel>(limit, unit); }};
}
Kind sliding(std::uint32_t limit, std::int64_t seconds) {
  return {"sliding" + std::to_string(limit), seconds * Second,
          [=] { return Limit(Sliding(limit, seconds)); },
          [=] { return std::make_unique<SlidingModel>(limit, seconds); }};
}
Kind concurrency(std::uint32_t limit) {
  return {"concurrency", Second, [=] { return Limit(Concurrency(limit)); },
          [=] { return std::make_unique<ConcurrencyModel>(limit); }};
}

std::vector<Kind> kinds() {
  return {gcra(7, 1, 7),
          gcra(10, 1, 25),
          gcra(100, 60, 1),
          gcra(256, 1, 40),
          gcra(97, 60, 30),
          fixed(5, 1),
          fixed(40, 60),
          sliding(5, 1),
          sliding(40, 60),
          sliding(997, 10),
          calendar(20, Calendar::Day),
          calendar(30, Calendar::Month),
          concurrency(6)};
}

std::size_t schedules() {
  const char* const asked = std::getenv("PORTICO_RATELIMIT_SCHEDULES");
  return asked == nullptr ? 40 : static_cast<std::size_t>(std::atoll(asked));
}

/// A step of time that is likely to meet an edge.
std::int64_t step_of(Random& random, std::int64_t length) {
  const auto below = [&random](std::int64_t end) {
    return std::uniform_int_distribution<std::int64_t>(0, end)(random);
  };
  switch (below(6)) {
    case 0: return 0;
    case 1: return below(3);
    case 2: return below(length / 50);
    case 3: return length / (1 + below(20));
    case 4: return length - below(2);
    case 5: return below(3 * length);
    default: return below(length / 5);
  }
}

/// One schedule against one key of the table.
class Schedule {
 public:
  Schedule(const Kind& kind, BucketTable& table, Crew& crew, std::uint64_t seed)
      : kind_(kind),
        table_(table),
        crew_(crew),
        random_(seed),
        key_{random_(), random_()},
        limit_(kind.limit()),
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

  const Kind& kind_;
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
  for (const Kind& kind : kinds()) {
    for (std::size_t i = 0; i < schedules() && !HasFailure(); ++i) {
      Schedule(kind, table, crew, ++seed).run();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, ModelTest, ::testing::Values(2, 3, 5, 8));

}  // namespace
}  // namespace portico::ratelimit
