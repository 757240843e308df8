// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Redis`: a store, as one instance of a plugin uses it.
#pragma once

#include "redis/desk.h"
#include "redis/store.h"
#include <portico/redis.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace portico::redis {

class Client final : public Redis {
 public:
  /// Without a desk nothing is asked, and every answer is `away`.
  Client(std::shared_ptr<Store> store, Desk* desk, const void* owner)
      : use_(std::move(store)), desk_(desk), owner_(owner) {}

  static Client& of(Redis& redis) noexcept { return static_cast<Client&>(redis); }
  static const Client& of(const Redis& redis) noexcept { return static_cast<const Client&>(redis); }

  [[nodiscard]] const std::shared_ptr<Store>& store() const noexcept { return use_.store(); }
  /// The instance starts. What it wanted to listen to before that, it listens to now.
  void start();
  [[nodiscard]] RedisReply call(const Command& command, Redis::Time patience);
  void send(std::string command, Done done);
  void subscribe(std::string channel, Heard heard, Joined joined);

 private:
  const Store::Use use_;
  Desk* const desk_;
  const void* const owner_;
  struct Wish {
    std::string channel;
    Heard heard;
    Joined joined;
  };
  std::vector<Wish> wishes_;
  bool started_ = false;
};

}  // namespace portico::redis
