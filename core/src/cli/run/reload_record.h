// SPDX-License-Identifier: Apache-2.0
// What became of the configuration, for who looks at this process from outside. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace portico::cli {

class ReloadRecord {
 public:
  struct State {
    std::uint64_t succeeded = 0;
    std::uint64_t refused = 0;
    bool last_refused = false;
    std::chrono::microseconds served_since{0};  ///< When what is served now came, since 1970.
    std::chrono::nanoseconds duration{0};       ///< What the last reload took, refused or not.
    std::string hash;                           ///< Of the files that are served now.
    std::vector<std::string> problems;          ///< Of the last reload, where it was refused.
  };

  void started(std::string hash, std::chrono::microseconds now) {
    const std::lock_guard lock(mutex_);
    state_.hash = std::move(hash);
    state_.served_since = now;
  }
  void succeeded(std::string hash, std::chrono::microseconds now, std::chrono::nanoseconds took) {
    started(std::move(hash), now);
    const std::lock_guard lock(mutex_);
    ++state_.succeeded;
    state_.last_refused = false;
    state_.duration = took;
    state_.problems.clear();
  }
  void refused(std::vector<std::string> problems, std::chrono::nanoseconds took) {
    const std::lock_guard lock(mutex_);
    ++state_.refused;
    state_.last_refused = true;
    state_.duration = took;
    state_.problems = std::move(problems);
  }
  [[nodiscard]] State state() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }

 private:
  mutable std::mutex mutex_;
  State state_;
};

}  // namespace portico::cli
