// SPDX-License-Identifier: Apache-2.0
// What became of jobs, until it is written. Any thread.
#pragma once

#include "base/bell.h"
#include "jobs/kind.h"
#include <portico/jobs.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portico::jobs {

struct Outcome {
  std::shared_ptr<Kind> kind{};  // Whoever took it may be withdrawn meanwhile.
  JobEnd end = JobEnd::Again;
  std::string id{};
  std::string payload{};
  std::string result{};
  std::string error{};
  std::uint32_t attempt = 0;
  std::optional<std::chrono::milliseconds> after{};  ///< Of Again; nothing: as the policy says.
  bool counts = true;
};

class Ledger {
 public:
  explicit Ledger(base::Bell& bell) : bell_(bell) {}

  void put(Outcome&& outcome) {
    {
      const std::lock_guard lock(mutex_);
      outcomes_.push_back(std::move(outcome));
    }
    bell_.ring();
  }
  [[nodiscard]] std::vector<Outcome> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(outcomes_, {});
  }

 private:
  base::Bell& bell_;
  std::mutex mutex_;
  std::vector<Outcome> outcomes_;
};

}  // namespace portico::jobs
