// SPDX-License-Identifier: Apache-2.0
#include "server/watchdog.h"

#include "server/lane.h"

#include <pthread.h>

namespace portico::server {

Watchdog::Watchdog(const std::vector<std::unique_ptr<Lane>>& lanes, const base::Clock& clock,
                   pipeline::Journal& journal)
    : clock_(clock), journal_(journal) {
  for (const auto& lane : lanes) watched_.push_back({lane.get()});
  thread_ = std::thread([this] { run(); });
  ::pthread_setname_np(thread_.native_handle(), "watchdog");
}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Watchdog::run() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, Patience, [this] { return ending_; })) {
    for (Watched& watched : watched_) look(watched);
  }
}

void Watchdog::look(Watched& watched) noexcept {
  const std::chrono::nanoseconds since = watched.lane->busy_since();
  if (since == std::chrono::nanoseconds(0) || since == watched.told) return;
  const auto held = clock_.now() - since;
  const auto call = watched.lane->occupation().call();
  if (held < Patience || !call) return;
  watched.told = since;
  journal_.held(call->plugin, call->turn, held);
}

}  // namespace portico::server
