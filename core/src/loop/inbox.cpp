// SPDX-License-Identifier: Apache-2.0
#include "loop/inbox.h"

#include <utility>

namespace portico::loop {

bool Inbox::post(Work work) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    first = posted_.empty();
    posted_.push_back(std::move(work));
  }
  // Work that is there already has woken the loop.
  if (first) wakeup_.signal();
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
