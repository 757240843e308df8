// SPDX-License-Identifier: Apache-2.0
// Who takes what plugins ask of a Redis from other threads than a loop of the server. The process
// has one `Service`; a test has a fake.
#pragma once

#include "redis/line.h"
#include <portico/callable.h>

#include <chrono>
#include <memory>
#include <string>

namespace portico::redis {

using Done = Callable<void(const RedisReply&)>;
using Heard = Callable<void(std::string_view message)>;
using Joined = Callable<void()>;

/// From any thread. What is called back is called on a thread of the desk's own, and must not
/// block.
class Desk {
 public:
  /// The store of that name and with these options, as long as somebody has it, or a new one.
  /// Throws std::runtime_error where a file of its TLS is no good.
  [[nodiscard]] virtual std::shared_ptr<Store> open(const std::string& name,
                                                    const Options& options) = 0;
  /// Connects, before somebody asks.
  virtual void call_up(const std::shared_ptr<Store>& store) = 0;
  /// The asker is answered on the desk's thread.
  virtual void ask(const std::shared_ptr<Store>& store, const Command& command, Asker& asker,
                   std::chrono::nanoseconds patience) = 0;
  virtual void send(const void* owner, const std::shared_ptr<Store>& store, std::string command,
                    Done done) = 0;
  virtual void subscribe(const void* owner, const std::shared_ptr<Store>& store,
                         std::string channel, Heard heard, Joined joined) = 0;
  /// None of this owner's callbacks runs when it returns, nor afterwards. Not to be called from
  /// one.
  virtual void forget(const void* owner) noexcept = 0;

  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

 protected:
  Desk() = default;
  ~Desk() = default;
};

}  // namespace portico::redis
