// SPDX-License-Identifier: Apache-2.0
// What plugins asked for by `host.every`: run one at a time, so ticks of one generation never run
// concurrently, on a background thread or, in tests, when the caller says. A tick that throws is
// logged and comes again.
#pragma once

#include "base/clock.h"
#include "services/log/sink.h"
#include <portico/callable.h>

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace portico::plugin {

class Ticker {
 public:
  /// Stepped has no thread: ticks run in `step`.
  enum class Pace : bool { Thread, Stepped };

  explicit Ticker(services::LogSink& log, const base::Clock& clock = base::system_clock(),
                  Pace pace = Pace::Thread)
      : log_(log), clock_(clock), pace_(pace) {}
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

  /// The first tick comes one interval after `start`, or after now when it has started. Ignored
  /// after `stop`. Any thread, also from a tick.
  void add(std::string plugin, std::chrono::milliseconds interval, Callable<void()> tick);
  /// Throws std::system_error when no thread can be made.
  void start();
  /// Stepped: runs, on this thread, every tick that has become due since the last step, as often as
  /// its interval has passed.
  void step();
  /// Waits for the tick that is running; none runs afterwards. Idempotent. Not from a tick.
  void stop() noexcept;

 private:
  struct Task {
    std::string plugin;
    std::chrono::milliseconds interval;
    Callable<void()> tick;
    std::chrono::nanoseconds due;
  };

  void launch();
  [[nodiscard]] Task* first_due();
  void run();
  void call(Task& task) noexcept;

  services::LogSink& log_;
  const base::Clock& clock_;
  const Pace pace_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Task> tasks_;  // A task never moves while its tick runs.
  std::thread thread_;
  bool started_ = false;
  bool stopping_ = false;
};

}  // namespace portico::plugin
