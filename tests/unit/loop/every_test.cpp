// SPDX-License-Identifier: Apache-2.0
#include "loop/every.h"

#include "base/clock.h"

#include <optional>

#include <gtest/gtest.h>

namespace portico::loop {
namespace {

using namespace std::chrono_literals;

class FakeClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return time; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return 1000s; }
  std::chrono::nanoseconds time{1s};
};

TEST(Every, CallsOnceAPeriodUntilItGoes) {
  FakeClock clock;
  Loop loop(clock);
  int calls = 0;
  std::optional<Every> every(std::in_place, loop, 10s, [&calls] { ++calls; });
  loop.turn(0ns);
  clock.time += 9s;
  loop.turn(0ns);
  EXPECT_EQ(calls, 0);
  clock.time += 2s;
  loop.turn(0ns);
  EXPECT_EQ(calls, 1);
  clock.time += 11s;
  loop.turn(0ns);
  EXPECT_EQ(calls, 2);
  every.reset();
  clock.time += 60s;
  loop.turn(0ns);
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace portico::loop
