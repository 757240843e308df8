// SPDX-License-Identifier: Apache-2.0
#include "testing/loop.h"

#include <algorithm>

namespace portico::testing {

void TestLoop::post(pipeline::Mail& mail) noexcept { mails_.push_back(&mail); }

void TestLoop::arm(pipeline::Timer& timer) noexcept {
  timer.armed = true;
  timers_.push_back(&timer);
}

void TestLoop::disarm(pipeline::Timer& timer) noexcept {
  timer.armed = false;
  std::erase(timers_, &timer);
}

bool TestLoop::submit(pipeline::Job& job) {
  if (full_) return false;
  jobs_.push_back(&job);
  return true;
}

bool TestLoop::turn(const pipeline::Timer& idle) {
  if (!jobs_.empty()) {
    pipeline::Job* const job = jobs_.front();
    jobs_.pop_front();
    job->run();
    return true;
  }
  if (!mails_.empty()) {
    pipeline::Mail* const mail = mails_.front();
    mails_.pop_front();
    mail->deliver(*mail);
    return true;
  }
  pipeline::Timer* const timer = next_timer(&idle);
  if (timer == nullptr) return false;
  fire(*timer);
  return true;
}

void TestLoop::advance(std::chrono::nanoseconds time) {
  const auto until = clock_.now() + time;
  for (pipeline::Timer* timer = next_timer(nullptr); timer != nullptr && timer->deadline <= until;
       timer = next_timer(nullptr)) {
    fire(*timer);
  }
  clock_.advance(until - clock_.now());
}

pipeline::Timer* TestLoop::next_timer(const pipeline::Timer* except) const noexcept {
  pipeline::Timer* next = nullptr;
  for (pipeline::Timer* const timer : timers_) {
    if (timer != except && (next == nullptr || timer->deadline < next->deadline)) next = timer;
  }
  return next;
}

void TestLoop::fire(pipeline::Timer& timer) {
  disarm(timer);
  if (timer.deadline > clock_.now()) clock_.advance(timer.deadline - clock_.now());
  timer.fire(timer);
}

}  // namespace portico::testing
