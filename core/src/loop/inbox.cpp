// SPDX-License-Identifier: Apache-2.0
#include "loop/inbox.h"

#include <utility>

namespace portico::loop {

bool Inbox::post(Work work) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  // Work that is there already has woken the loop. Under the lock: once the loop can see the work,
  // it may run it and be gone.
  if (posted_.empty()) wakeup_.signal();
  posted_.push_back(std::move(work));
  return true;
}

std::size_t Inbox::run() {
  wakeup_.clear();
  std::vector<Work> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(posted_);
  }
  for (const Work& work : taken) work();
  return taken.size();
}

void Inbox::close() noexcept {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

}  // namespace portico::loop
