// SPDX-License-Identifier: Apache-2.0
// What became of jobs, until it is written. Any thread.
#pragma once

#include "base/bell.h"
#include "jobs/journal.h"
#include "jobs/outcome.h"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace portico::jobs {

class Ledger {
 public:
  /// `journal` may be null.
  Ledger(base::Bell& bell, std::unique_ptr<Journal> journal)
      : bell_(bell), journal_(std::move(journal)) {}

  void put(Outcome&& outcome) {
    {
      const std::lock_guard lock(mutex_);
      if (journal_) journal_->add(outcome);
      outcomes_.push_back(std::move(outcome));
    }
    bell_.ring();
  }
  [[nodiscard]] std::vector<Outcome> take() {
    const std::lock_guard lock(mutex_);
    if (journal_) journal_->taken();
    return std::exchange(outcomes_, {});
  }
  /// All that was taken.
  void written() noexcept {
    const std::lock_guard lock(mutex_);
    if (journal_) journal_->written();
  }

 private:
  base::Bell& bell_;
  std::mutex mutex_;
  const std::unique_ptr<Journal> journal_;
  std::vector<Outcome> outcomes_;
};

}  // namespace portico::jobs
