// SPDX-License-Identifier: Apache-2.0
// Looks at the lanes every so often and tells the journal of one that has been in the same turn for
// too long, with the plugin's function that it is in. Each such turn is told of once.
#pragma once

#include "base/clock.h"
#include "pipeline/journal.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace portico::server {

class Lane;

class Watchdog {
 public:
  /// A turn of this length is told of. It is seen once it has lasted between once and twice as
  /// long.
  static constexpr std::chrono::milliseconds Patience{20};

  /// The lanes outlive it.
  Watchdog(const std::vector<std::unique_ptr<Lane>>& lanes, const base::Clock& clock,
           pipeline::Journal& journal);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

 private:
  struct Watched {
    const Lane* lane;
    std::chrono::nanoseconds told{0};  // When the turn began that was told of last.
  };
  void run();
  void look(Watched& watched) noexcept;

  const base::Clock& clock_;
  pipeline::Journal& journal_;
  std::vector<Watched> watched_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace portico::server
