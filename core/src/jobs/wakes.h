// SPDX-License-Identifier: Apache-2.0
// Nodes that work on one database tell each other, by a Redis, that there is more than one of them
// takes: the others then need not wait for their next look. What is lost on the way is found by
// that look; so a queue of messages would add nothing, and none is kept.
#pragma once

#include "base/bell.h"
#include "redis/desk.h"
#include "redis/store.h"

#include <atomic>
#include <memory>
#include <string>

namespace portico::jobs {

class Wakes {
 public:
  /// `database`: its name in the file, the same on every node.
  Wakes(redis::Desk& desk, std::shared_ptr<redis::Store> store, const std::string& database,
        base::Bell& bell);
  Wakes(const Wakes&) = delete;
  Wakes& operator=(const Wakes&) = delete;
  ~Wakes() { desk_.forget(this); }

  /// Any thread; never waits. Others hear it at most once while a message of ours is on its way.
  void wake_others();

 private:
  redis::Desk& desk_;
  const redis::Store::Use use_;
  const std::string channel_;
  std::atomic<bool> under_way_{false};
};

}  // namespace portico::jobs
