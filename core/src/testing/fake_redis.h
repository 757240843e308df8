// SPDX-License-Identifier: Apache-2.0
// A Redis for a test: answers at once, on the calling thread, with what the test says.
#pragma once

#include "redis/desk.h"
#include "redis/line.h"
#include "testing/loop.h"
#include <portico/testing.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::testing {

class FakeRedis final : public redis::Desk, public redis::Line {
 public:
  using Answer = Callable<RedisReply(const RedisWords&)>;

  FakeRedis(services::LogSink& log, const TestClock& clock) : log_(log), clock_(clock) {}

  void answers(std::string_view name, Answer answer);
  void reach(std::string_view name, Gateway::Reach reach);
  /// Returns how many listened.
  std::size_t say(std::string_view channel, std::string_view message);

  std::shared_ptr<redis::Store> open(const std::string& name,
                                     const redis::Options& options) override;
  void call_up(const std::shared_ptr<redis::Store>&) override {}
  void ask(const std::shared_ptr<redis::Store>& store, const redis::Command& command,
           redis::Asker& asker, std::chrono::nanoseconds) noexcept override;
  void give_up(redis::Asker&) noexcept override {}
  void send(const void* owner, const std::shared_ptr<redis::Store>& store, std::string command,
            redis::Done done) override;
  void subscribe(const void* owner, const std::shared_ptr<redis::Store>& store, std::string channel,
                 redis::Heard heard, redis::Joined joined) override;
  void forget(const void* owner) noexcept override;

 private:
  struct Place {
    Answer answer;
    bool away = false;
  };
  struct Listener {
    const void* owner;
    std::string name;
    std::string channel;
    redis::Heard heard;
    redis::Joined joined;
  };

  [[nodiscard]] RedisReply answer_of(const std::string& name, std::string_view command);

  services::LogSink& log_;
  const TestClock& clock_;
  std::map<std::string, Place, std::less<>> places_;
  std::vector<std::unique_ptr<Listener>> listeners_;
};

}  // namespace portico::testing
