// SPDX-License-Identifier: Apache-2.0
// Redis for the whole process: the stores that plugins use, and a loop and a thread for what is
// asked from elsewhere than a loop of the server. The thread begins with the first store that is
// called up.
#pragma once

#include "base/clock.h"
#include "base/shelf.h"
#include "loop/every.h"
#include "loop/loop.h"
#include "redis/desk.h"
#include "redis/ear.h"
#include "redis/lines.h"
#include "services/log/sink.h"

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portico::redis {

class Service final : public Desk {
 public:
  /// Throws std::system_error.
  Service(const base::Clock& clock, services::LogSink& log);
  /// Answers who still waits.
  ~Service();

  [[nodiscard]] std::shared_ptr<Store> open(const std::string& name,
                                            const Options& options) override;
  void call_up(const std::shared_ptr<Store>& store) override;
  void ask(const std::shared_ptr<Store>& store, const Command& command, Asker& asker,
           std::chrono::nanoseconds patience) override;
  void send(const void* owner, const std::shared_ptr<Store>& store, std::string command,
            Done done) override;
  void subscribe(const void* owner, const std::shared_ptr<Store>& store, std::string channel,
                 Heard heard, Joined joined) override;
  void forget(const void* owner) noexcept override;

  /// Those in use, in order of their names. Of several with one name, the newest.
  [[nodiscard]] std::vector<std::shared_ptr<Store>> stores() const { return shelf_.in_use(); }

 private:
  struct Letter;
  struct Errand;

  void post(Callable<void()> work);
  void wake();
  [[nodiscard]] Ear& ear(const std::shared_ptr<Store>& store);
  void begin(const void* owner, const std::shared_ptr<Store>& store, std::string command,
             Done done);
  void drop(const void* owner) noexcept;
  void sweep() noexcept;

  const base::Clock& clock_;
  services::LogSink& log_;
  base::Shelf<Store> shelf_;
  loop::Loop loop_;
  // The loop's alone.
  std::unique_ptr<Lines> lines_;
  std::list<Ear> ears_;
  std::list<Errand> errands_;
  std::unique_ptr<loop::Every> sweeper_;
  std::once_flag woken_;
  std::atomic<bool> awake_{false};
  std::thread thread_;
};

}  // namespace portico::redis
