// SPDX-License-Identifier: Apache-2.0
// The background thread of a generation: runs what plugins asked for by `host.every`, one at a
// time, so ticks of one generation never run concurrently. A tick that throws is logged and comes
// again.
#pragma once

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
  using Clock = std::chrono::steady_clock;

  explicit Ticker(services::LogSink& log) : log_(log) {}
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

  /// The first tick comes one interval after `start`, or after now when it has started. Ignored
  /// after `stop`. Any thread, also from a tick.
  void add(std::string plugin, std::chrono::milliseconds interval, Callable<void()> tick);
  /// Throws std::system_error when no thread can be made.
  void start();
  /// Waits for the tick that is running; none runs afterwards. Idempotent. Not from a tick.
  void stop() noexcept;

 private:
  struct Task {
    std::string plugin;
    std::chrono::milliseconds interval;
    Callable<void()> tick;
    Clock::time_point due;
  };

  void launch();
  void run();
  void call(Task& task) noexcept;

  services::LogSink& log_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Task> tasks_;  // A task never moves while its tick runs.
  std::thread thread_;
  bool started_ = false;
  bool stopping_ = false;
};

}  // namespace portico::plugin
