// SPDX-License-Identifier: Apache-2.0
// A loop in the test's own thread, with the test's own time. What would wait, waits in a queue here
// and is done when the exchange cannot go on without it.
#pragma once

#include "pipeline/engine.h"
#include "pipeline/worker_pool.h"

#include <chrono>
#include <deque>
#include <vector>

namespace portico::testing {

class TestClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return passed_ + Boot; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return Epoch + std::chrono::duration_cast<std::chrono::microseconds>(passed_);
  }
  void advance(std::chrono::nanoseconds time) noexcept { passed_ += time; }

 private:
  // Neither is zero, so that a plugin which takes zero for "never" is found out.
  static constexpr std::chrono::nanoseconds Boot = std::chrono::hours(1);
  static constexpr std::chrono::microseconds Epoch = std::chrono::seconds(1'700'000'000);

  std::chrono::nanoseconds passed_{0};
};

class TestLoop final : public pipeline::Engine, public pipeline::Workers {
 public:
  explicit TestLoop(TestClock& clock) noexcept : clock_(clock) {}

  void post(pipeline::Mail& mail) noexcept override;
  void arm(pipeline::Timer& timer) noexcept override;
  void disarm(pipeline::Timer& timer) noexcept override;
  [[nodiscard]] const base::Clock& clock() const noexcept override { return clock_; }
  [[nodiscard]] bool submit(pipeline::Job& job) override;

  void serve_redis(redis::Line& line) noexcept { take_commands(line); }
  void full(bool no_worker_is_free) noexcept { full_ = no_worker_is_free; }
  /// Does the next thing: a job, mail, or the next timer but `idle`, to which time jumps. False
  /// when there is none.
  bool turn(const pipeline::Timer& idle);
  /// Time jumps to this timer.
  void fire(pipeline::Timer& timer);
  /// Lets time pass and fires what is due.
  void advance(std::chrono::nanoseconds time);

 private:
  [[nodiscard]] pipeline::Timer* next_timer(const pipeline::Timer* except) const noexcept;

  TestClock& clock_;
  std::deque<pipeline::Job*> jobs_;
  std::deque<pipeline::Mail*> mails_;
  std::vector<pipeline::Timer*> timers_;
  bool full_ = false;
};

}  // namespace portico::testing
