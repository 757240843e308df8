// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Job`. Whoever does the job holds it, and so does the thread that called
// him, which knows what he threw.
#pragma once

#include "jobs/job_rows.h"
#include "jobs/kind.h"
#include "jobs/ledger.h"

#include <atomic>
#include <memory>
#include <utility>

namespace portico::detail {

struct JobState {
  std::shared_ptr<jobs::Kind> kind;  // Both outlive the plugin that holds the job.
  std::shared_ptr<jobs::Ledger> ledger;
  jobs::TakenJob job;
  std::atomic<int> holders{1};
  std::atomic<bool> over{false};

  /// Once; what is said later is not heard.
  void end(jobs::Outcome&& outcome) {
    if (over.exchange(true)) return;
    outcome.kind = kind;
    outcome.id = job.id;
    outcome.payload = job.payload;
    outcome.attempt = job.attempt;
    ledger->put(std::move(outcome));
  }
  /// What `Job::retry` does.
  void again(std::string why, std::optional<std::chrono::milliseconds> after, std::string result) {
    const bool dead = job.attempt >= kind->policy.attempts;
    end({.end = dead ? JobEnd::Dead : JobEnd::Again,
         .result = std::move(result),
         .error = std::move(why),
         .after = after});
  }
  void let_go() {
    if (holders.fetch_sub(1) != 1) return;
    again("the handler let go of it without a word", std::nullopt, {});
    delete this;
  }
};

}  // namespace portico::detail
