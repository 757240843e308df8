// SPDX-License-Identifier: Apache-2.0
// Events within this process: those that listen are called on a thread of the bus, one at a time
// and in the order of publication. One that is slow holds up the others, never who publishes.
#pragma once

#include "base/clock.h"
#include "services/log/sink.h"
#include <portico/callable.h>
#include <portico/events.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace portico::services {

class EventBus {
 public:
  using Told = Callable<void(const Event&)>;
  /// Stepped has no thread: `publish` calls those that listen.
  enum class Pace : bool { Thread, Stepped };
  struct Happened {
    std::string name;
    std::string source;
    std::string data;
    std::chrono::microseconds time;
  };
  /// Events that wait for those who listen; one more is not told.
  static constexpr std::size_t MostWaiting = 10'000;
  /// Events that are remembered for people.
  static constexpr std::size_t MostRecent = 100;

  EventBus(const base::Clock& clock, LogSink& log, Pace pace = Pace::Thread)
      : clock_(clock), log_(log), pace_(pace) {}
  EventBus(const EventBus&) = delete;
  EventBus& operator=(const EventBus&) = delete;
  ~EventBus();

  /// Any thread. Throws std::invalid_argument for a name that is none.
  void publish(std::string_view source, std::string_view name,
               std::initializer_list<EventField> data);
  /// To events of that name, or to those that begin so: "upstream.*", "*". Throws
  /// std::invalid_argument for a pattern that is none, std::system_error where no thread can be
  /// made.
  void listen(const void* owner, std::string_view source, std::string_view pattern, Told told);
  /// Nothing of this owner is called any more; waits for the call that is under way, except when it
  /// is this one.
  void forget(const void* owner) noexcept;

  /// The newest last.
  [[nodiscard]] std::vector<Happened> recent() const;
  /// Events that were not told because too many waited.
  [[nodiscard]] std::uint64_t lost() const;

 private:
  struct Listener {
    const void* owner;
    std::string source;  ///< Of the log line when it throws.
    std::string pattern;
    Told told;
    bool forgotten = false;
  };

  void launch();
  void run();
  void tell_first(std::unique_lock<std::mutex>& lock);
  void call(std::unique_lock<std::mutex>& lock, Listener& listener, const Happened& happened);

  const base::Clock& clock_;
  LogSink& log_;
  const Pace pace_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Listener> listeners_;  // One never moves while it is called.
  std::deque<Happened> waiting_;
  std::deque<Happened> recent_;
  std::uint64_t lost_ = 0;
  Listener* called_ = nullptr;
  std::thread::id caller_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace portico::services
