// SPDX-License-Identifier: Apache-2.0
#include "loop/loop.h"

#include "loop/running.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include <sys/epoll.h>
#include <unistd.h>

namespace portico::loop {
namespace {

constexpr std::size_t EventsAtOnce = 256;

constinit thread_local bool running [[gnu::tls_model("initial-exec")]] = false;

[[nodiscard]] bool add(int epoll, int descriptor, Watch& watch, std::uint32_t events) noexcept {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watch;
  return ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

Loop::Loop(const base::Clock& clock)
    : clock_(clock), timers_(clock_.now()), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  // Nothing to read from it: the edge has woken the loop, and each turn looks into the mailbox.
  mail_watch_.ready = [](Watch&, std::uint32_t) noexcept {};
  stop_mail_.deliver = [](Mail&) noexcept {};
  if (!add(epoll_, mailbox_.descriptor(), mail_watch_, EPOLLIN | EPOLLET)) {
    const int reason = errno;
    ::close(epoll_);
    throw std::system_error(reason, std::generic_category(), "epoll_ctl");
  }
}

Loop::~Loop() { ::close(epoll_); }

void Loop::run() noexcept {
  running = true;
  while (!stopping_.load(std::memory_order_acquire)) turn(TimerWheel::Never);
  running = false;
}

bool runs_here() noexcept { return running; }

MayWait::MayWait() noexcept : ran_(std::exchange(running, false)) {}
MayWait::~MayWait() { running = ran_; }

void Loop::stop() noexcept {
  if (stopping_.exchange(true, std::memory_order_release)) return;
  mailbox_.post(stop_mail_);
}

bool Loop::watch(int descriptor, Watch& watch) noexcept {
  return add(epoll_, descriptor, watch, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
}

bool Loop::watch_listener(int descriptor, Watch& watch, bool shared) noexcept {
  std::uint32_t events = EPOLLIN;
  if (shared) events |= EPOLLEXCLUSIVE;
  return add(epoll_, descriptor, watch, events);
}

void Loop::forget(int descriptor) noexcept {
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
}

void Loop::later(Task& task) noexcept {
  if (std::exchange(task.queued, true)) return;
  task.next = nullptr;
  if (last_ != nullptr) {
    last_->next = &task;
  } else {
    first_ = &task;
  }
  last_ = &task;
}

/// In milliseconds, rounded up: a turn that comes too early finds nothing to do.
int Loop::sleep_time(std::chrono::nanoseconds patience) const noexcept {
  if (first_ != nullptr) return 0;
  const auto next = timers_.next();
  if (next == TimerWheel::Never && patience == TimerWheel::Never) return -1;
  const auto wait = std::clamp(next - clock_.now(), std::chrono::nanoseconds(0), patience);
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  return static_cast<int>(std::min<std::int64_t>(milliseconds, std::numeric_limits<int>::max()));
}

void Loop::turn(std::chrono::nanoseconds patience) noexcept {
  std::array<epoll_event, EventsAtOnce> events;
  const int count =
      ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), sleep_time(patience));
  clock_.turn();
  busy_since_.store(clock_.now().count(), std::memory_order_relaxed);
  turns_.store(turns() + 1, std::memory_order_relaxed);
  for (int i = 0; i < count; ++i) {
    Watch& watch = *static_cast<Watch*>(events[static_cast<std::size_t>(i)].data.ptr);
    watch.ready(watch, events[static_cast<std::size_t>(i)].events);
  }
  mailbox_.deliver();
  timers_.advance(clock_.now());
  run_tasks();
  busy_since_.store(0, std::memory_order_relaxed);
}

/// Those that are queued meanwhile wait for the next turn, so that one task cannot keep the loop.
void Loop::run_tasks() noexcept {
  Task* task = std::exchange(first_, nullptr);
  last_ = nullptr;
  while (task != nullptr) {
    Task& now = *std::exchange(task, task->next);
    now.queued = false;
    now.run(now);
  }
}

}  // namespace portico::loop
