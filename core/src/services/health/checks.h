// SPDX-License-Identifier: Apache-2.0
// What must be well for this process to be sent requests: checks by name, each run off the loops
// every so often. Who is asked gives the text that was made when they ran last: a probe costs no
// work. Thread-safe.
#pragma once

#include "base/clock.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace portico::services {

struct Finding {
  enum class State : std::uint8_t {
    Well,
    Warning,  ///< Somebody should look, but requests are served.
    Failed,   ///< No requests, please.
  };
  State state = State::Well;
  std::string note;  ///< For anybody who may probe: no addresses, no paths.
};

class HealthChecks {
 public:
  using Check = std::function<Finding()>;
  enum class Phase : std::uint8_t { Starting, Serving, Draining };
  /// A process whose checks have not come to an end for so long is not ready: one of them hangs.
  static constexpr std::chrono::seconds Stale{60};

  explicit HealthChecks(const base::Clock& clock) : clock_(clock) { write(); }
  HealthChecks(const HealthChecks&) = delete;
  HealthChecks& operator=(const HealthChecks&) = delete;

  /// While somebody holds what this returns, the check is run. Until it was run for the first time
  /// the process is not ready. One that throws has failed. A later check of the same name replaces
  /// the earlier one.
  [[nodiscard]] std::shared_ptr<void> add(std::string name, Check check);

  /// Runs every check once. Not from two threads at once.
  void run();
  void enter(Phase phase);

  struct Report {
    bool ready = false;
    std::string json;
  };
  [[nodiscard]] std::shared_ptr<const Report> report() const;

 private:
  struct Entry {
    Check check;
    bool found = false;
    Finding finding;
  };
  void write();

  const base::Clock& clock_;
  mutable std::mutex mutex_;
  Phase phase_ = Phase::Starting;
  std::map<std::string, std::shared_ptr<Entry>> entries_;
  std::chrono::nanoseconds ran_{0};
  std::shared_ptr<const Report> report_;
};

}  // namespace portico::services
