// SPDX-License-Identifier: Apache-2.0
// Jobs of one kind, and who does them on this node: one instance of a plugin.
#pragma once

#include <portico/jobs.h>
#include <portico/metrics.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace portico::jobs {

struct KindFigures {
  Counter& done;
  Counter& again;
  Counter& dead;
};

class Kind {
 public:
  Kind(const void* its_owner, std::string its_name, JobPolicy how, Callable<void(Job)> what,
       Jobs::Settled then, KindFigures counts)
      : owner(its_owner),
        name(std::move(its_name)),
        policy(std::move(how)),
        figures(counts),
        work_(std::move(what)),
        settled_(std::move(then)) {}
  Kind(const Kind&) = delete;
  Kind& operator=(const Kind&) = delete;

  const void* const owner;
  const std::string name;  ///< "notify.email".
  const JobPolicy policy;
  const KindFigures figures;
  /// Taken, and not written yet what became of them.
  std::atomic<std::size_t> held{0};
  /// Nothing is taken before that time, since 1970.
  std::atomic<std::chrono::microseconds> rests_until{std::chrono::microseconds(0)};
  /// Nothing new is begun.
  std::atomic<bool> withdrawn{false};

  [[nodiscard]] std::size_t room() const noexcept {
    const std::size_t most = policy.under_way != 0 ? policy.under_way : policy.threads * 4U;
    const std::size_t now = held.load(std::memory_order_relaxed);
    return withdrawn.load(std::memory_order_relaxed) || now >= most ? 0 : most - now;
  }

  /// Throws what the plugin throws.
  void work(Job job) { work_(std::move(job)); }
  void settle(Transaction& within, std::span<const JobReport> reports) {
    const std::lock_guard lock(closing_);
    if (!closed_ && settled_) settled_(within, reports);
  }
  /// Nobody works: the plugin is not called any more, and may go.
  void close() {
    const std::lock_guard lock(closing_);
    closed_ = true;
    work_ = {};
    settled_ = {};
  }

 private:
  Callable<void(Job)> work_;
  Jobs::Settled settled_;
  std::mutex closing_;
  bool closed_ = false;
};

}  // namespace portico::jobs
