// SPDX-License-Identifier: Apache-2.0
// Lets another process take over: starts the program as it is installed now, waits until that
// serves, and says how it went. Meanwhile this one serves as ever. For the control thread.
#pragma once

#include "cli/run/control_socket.h"
#include "cli/run/successor.h"
#include "loop/loop.h"
#include "loop/timer.h"
#include <portico/callable.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace portico::cli {

class Upgrade final : loop::Timer {
 public:
  /// How long the new process may take until it serves.
  static constexpr std::chrono::seconds Patience{60};

  struct Outcome {
    pid_t process = 0;     ///< Which serves now; 0: none does but this one.
    std::string reason{};  ///< Why not.
    int code = 0;          ///< The exit code of the one that failed.
  };
  using Done = Callable<void(Outcome outcome)>;

  /// `done` is called on the loop, once for each `begin`.
  Upgrade(loop::Loop& loop, Done done);
  Upgrade(const Upgrade&) = delete;
  Upgrade& operator=(const Upgrade&) = delete;
  /// Kills what has not reported yet.
  ~Upgrade();

  [[nodiscard]] bool under_way() const noexcept { return successor_.has_value(); }
  /// Requires that none is under way.
  void begin(const std::vector<std::string>& words, std::vector<server::Belonging> belongings);
  /// This process is to stop: the new one too, when it does not serve yet.
  void abandon() noexcept;

 private:
  struct Ear final : loop::Watch {
    Upgrade* upgrade = nullptr;
  };
  void hear() noexcept;
  void find_ended() noexcept;
  void finish(Outcome outcome);

  loop::Loop& loop_;
  Done done_;
  std::optional<Successor> successor_;
  std::string report_;
  bool late_ = false;
  Ear report_ear_;
  Ear end_ear_;
};

}  // namespace portico::cli
