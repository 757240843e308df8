// SPDX-License-Identifier: Apache-2.0
// The threads on which handlers and deferred jobs run, and block. The queue is bounded: a full one
// refuses at once. Every accepted job comes back exactly once, run or dropped.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace portico::pipeline {

/// One piece of blocking work. Intrusive: queueing it allocates nothing; `next` is the pool's.
/// Lives until one of its functions has been called.
class Job {
 public:
  Job* next = nullptr;

  /// On a worker. Must not throw. The job may be gone when it returns.
  virtual void run() noexcept = 0;
  /// Instead of `run`, when the pool stops first. On the thread that stops it.
  virtual void drop() noexcept = 0;

 protected:
  ~Job() = default;
};

/// Where the driver sends its jobs.
class Workers {
 public:
  /// False when there is no room: nothing will happen to the job.
  [[nodiscard]] virtual bool submit(Job& job) = 0;

 protected:
  ~Workers() = default;
};

class WorkerPool final : public Workers {
 public:
  /// How its threads are called, and how much they give way to others.
  struct Manner {
    std::string_view name = "worker";
    int nice = 0;
  };

  /// At most `queue` jobs wait while every thread is busy. Both are at least 1.
  WorkerPool(std::size_t threads, std::size_t queue, const Manner& manner);
  WorkerPool(std::size_t threads, std::size_t queue) : WorkerPool(threads, queue, Manner()) {}
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool();

  /// From any thread.
  [[nodiscard]] bool submit(Job& job) override;
  /// Waits until nothing is queued and nothing runs.
  void drain();
  /// Refuses from now on, drops what has not begun, and waits for what has. Idempotent.
  void stop();
  struct State {
    std::size_t threads;
    std::size_t running;
    std::size_t waiting;    ///< For a thread,
    std::size_t room;       ///< and how many may.
    std::uint64_t refused;  ///< So far, for want of room.
  };
  [[nodiscard]] State state() const;

 private:
  void work(int nice);

  mutable std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable idle_;
  Job* first_ = nullptr;
  Job* last_ = nullptr;
  const std::size_t size_;
  std::size_t waiting_ = 0;
  std::size_t running_ = 0;
  const std::size_t most_;  // Waiting and running together.
  std::uint64_t refused_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace portico::pipeline
