// SPDX-License-Identifier: Apache-2.0
// A connection to a Redis that listens to channels, and who wants to know what is said there.
#pragma once

#include "redis/channel.h"
#include "redis/desk.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::redis {

class Ear final : Channel::User {
 public:
  Ear(Surroundings& surroundings, std::shared_ptr<Store> store);
  Ear(const Ear&) = delete;
  Ear& operator=(const Ear&) = delete;
  /// In a task, or when the loop does not run.
  ~Ear();

  void add(const void* owner, const std::string& channel, Heard heard, Joined joined);
  void drop(const void* owner) noexcept;
  /// Every few seconds: whether there is still somebody to listen to.
  void beat() noexcept;
  /// Nobody has listened since the last beat: no task of it waits.
  [[nodiscard]] bool idle() const noexcept { return idle_; }
  [[nodiscard]] const std::shared_ptr<Store>& store() const noexcept { return store_; }

 private:
  struct Listener {
    const void* owner;
    Heard heard;
    Joined joined;
  };
  struct Topic {
    bool stands = false;
    std::vector<Listener> listeners;
  };

  void opened() noexcept override;
  void received(const ReplyReader& reply) noexcept override;
  void lost(std::string_view why) noexcept override;

  void say(std::string_view verb, std::string_view channel);
  void take(const RedisValue& message);
  void join(Topic& topic) noexcept;
  template <class Call>
  void guarded(std::string_view channel, Call call) noexcept;

  const std::shared_ptr<Store> store_;
  const std::shared_ptr<Figures> figures_;
  Channel channel_;
  std::map<std::string, Topic, std::less<>> topics_;
  bool lost_ = false;
  bool stood_ = false;
  bool idle_ = false;
  bool asked_ = false;  // Whether anybody is there; nothing was heard since.
};

}  // namespace portico::redis
