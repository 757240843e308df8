// SPDX-License-Identifier: Apache-2.0
// Who takes commands on a loop. A loop of the server has `Lines`, a test has a fake.
#pragma once

#include "base/arena.h"
#include "redis/command.h"
#include "redis/store.h"

#include <chrono>
#include <cstdint>
#include <memory>

namespace portico::redis {

class Link;  // NOLINT(cppcoreguidelines-virtual-class-destructor): its definition is final.

/// Who waits for a reply; intrusive. It stays, with its command's bytes, until it was answered or
/// has given up.
struct Asker {
  void (*answered)(Asker&, RedisReply) noexcept = nullptr;  ///< Once. It may be gone afterwards.
  base::Arena* arena = nullptr;                             ///< For the reply; null: the heap.
  Link* link = nullptr;  ///< This and what follows is the line's.
  std::uint64_t place = 0;
};

class Line {
 public:
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  /// The answer comes within `patience`, perhaps before this returns.
  virtual void ask(const std::shared_ptr<Store>& store, const Command& command, Asker& asker,
                   std::chrono::nanoseconds patience) noexcept = 0;
  /// It will not be answered. Harmless when it was.
  virtual void give_up(Asker& asker) noexcept = 0;

 protected:
  Line() = default;
  ~Line() = default;
};

}  // namespace portico::redis
