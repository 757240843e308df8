// SPDX-License-Identifier: Apache-2.0
// The threads that do jobs of one kind. They begin with the first job.
#pragma once

#include "jobs/job_rows.h"
#include "jobs/kind.h"
#include "jobs/ledger.h"
#include "services/log/sink.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace portico::jobs {

class Crew {
 public:
  /// Stepped has no threads: jobs are done by `step`.
  enum class Pace : bool { Threads, Stepped };

  Crew(std::shared_ptr<Kind> kind, std::shared_ptr<Ledger> ledger, services::LogSink& log,
       Pace pace);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew();

  [[nodiscard]] const std::shared_ptr<Kind>& kind() const noexcept { return kind_; }
  /// Throws std::system_error where no thread can be made and none is there.
  void add(std::vector<TakenJob>&& jobs);
  /// Does one on this thread; false when there is none.
  bool step();
  /// What was not begun is given back. Does not wait.
  void withdraw() noexcept;
  /// Waits for those that were begun.
  void disband() noexcept;

 private:
  void run();
  void launch();
  [[nodiscard]] detail::JobState* hand_out(TakenJob&& job);
  void work(TakenJob&& job) noexcept;

  const std::shared_ptr<Kind> kind_;  // Its jobs outlive the crew.
  const std::shared_ptr<Ledger> ledger_;
  services::LogSink& log_;
  const Pace pace_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<TakenJob> waiting_;
  std::size_t idle_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace portico::jobs
