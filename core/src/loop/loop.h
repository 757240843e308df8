// SPDX-License-Identifier: Apache-2.0
// One event loop: the thread that serves it sleeps in epoll and wakes for descriptors, mail and
// timers. A turn is: what is ready, then the mail, then the timers, then the tasks that these left
// for later. Everything but `post` and `stop` is for the loop's own thread, or for any one before
// `run`.
//
// A descriptor is registered once, edge-triggered, for all it may tell. Whoever watches it reads
// and writes until the kernel says EAGAIN (or gives less than was asked for) and remembers what is
// left.
#pragma once

#include "loop/mailbox.h"
#include "loop/timer_wheel.h"
#include "loop/turn_clock.h"

#include <atomic>
#include <cstdint>

namespace portico::loop {

/// What a descriptor's events call. `events` are EPOLLIN and the like. It stays in its place until
/// the turn's tasks run, even when its descriptor was closed before.
struct Watch {
  void (*ready)(Watch&, std::uint32_t events) noexcept = nullptr;
};

/// Something to do at the end of the turn. Intrusive; it may go when `run` is called.
struct Task {
  void (*run)(Task&) noexcept = nullptr;
  Task* next = nullptr;
  bool queued = false;
};

class Loop {
 public:
  /// Throws std::system_error.
  explicit Loop(const base::Clock& clock);
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop();

  /// Until `stop`.
  void run() noexcept;
  /// One turn that waits no longer than `patience`.
  void turn(std::chrono::nanoseconds patience) noexcept;
  /// From any thread: `run` returns after the present turn.
  void stop() noexcept;

  /// A connection: edge-triggered, both ways. False when the kernel has no room for it.
  [[nodiscard]] bool watch(int descriptor, Watch& watch) noexcept;
  /// A listener: told in every turn while there is something to accept. `shared`: of several
  /// loops that watch the same one, not all wake.
  [[nodiscard]] bool watch_listener(int descriptor, Watch& watch, bool shared) noexcept;
  /// To be called before a descriptor is closed: closing it does the same only as long as nobody
  /// else holds what it stands for, and a plugin that starts a program forks.
  void forget(int descriptor) noexcept;

  void post(Mail& mail) noexcept { mailbox_.post(mail); }
  [[nodiscard]] TimerWheel& timers() noexcept { return timers_; }
  /// Runs `task` before the loop sleeps again. Harmless when it is queued already.
  void later(Task& task) noexcept;
  /// When the present turn began; zero while the loop sleeps. From any thread.
  [[nodiscard]] std::chrono::nanoseconds busy_since() const noexcept {
    return std::chrono::nanoseconds(busy_since_.load(std::memory_order_relaxed));
  }
  /// How many turns there were. From any thread.
  [[nodiscard]] std::uint64_t turns() const noexcept {
    return turns_.load(std::memory_order_relaxed);
  }
  /// The time of this turn.
  [[nodiscard]] const base::Clock& clock() const noexcept { return clock_; }

 private:
  [[nodiscard]] int sleep_time(std::chrono::nanoseconds patience) const noexcept;
  void run_tasks() noexcept;

  TurnClock clock_;
  TimerWheel timers_;
  Mailbox mailbox_;
  int epoll_;
  Task* first_ = nullptr;
  Task* last_ = nullptr;
  std::atomic<bool> stopping_{false};
  std::atomic<std::int64_t> busy_since_{0};
  std::atomic<std::uint64_t> turns_{0};
  Watch mail_watch_;
  Mail stop_mail_;
};

}  // namespace portico::loop
