// SPDX-License-Identifier: Apache-2.0
#include "redis/client.h"

#include <memory>
#include <optional>
#include <semaphore>
#include <utility>

namespace portico {

using redis::Client;

namespace redis {
namespace {

/// A thread that waits.
struct Caller final : Asker {
  Caller() {
    answered = [](Asker& asker, RedisReply given) noexcept {
      auto& self = static_cast<Caller&>(asker);
      self.reply.emplace(std::move(given));
      self.over.release();
    };
  }
  std::optional<RedisReply> reply;
  std::binary_semaphore over{0};
};

/// Memory for a command that a thread keeps while it waits.
struct Room {
  std::unique_ptr<char[]>& bytes;
  char* operator()(std::size_t size) const {
    bytes = std::make_unique_for_overwrite<char[]>(size);
    return bytes.get();
  }
};

}  // namespace

RedisReply Client::call(const Command& command, Redis::Time patience) {
  if (desk_ == nullptr) return away(Away::NotConnected);
  Caller caller;
  desk_->ask(store(), command, caller,
             patience > Redis::Time::zero() ? patience : store()->options.timeout);
  caller.over.acquire();
  return *std::move(caller.reply);
}

void Client::send(std::string command, Done done) {
  if (desk_ != nullptr) desk_->send(owner_, store(), std::move(command), std::move(done));
}

void Client::start() {
  started_ = true;
  if (desk_ == nullptr) return;
  desk_->call_up(store());
  for (Wish& wish : std::exchange(wishes_, {})) {
    subscribe(std::move(wish.channel), std::move(wish.heard), std::move(wish.joined));
  }
}

void Client::subscribe(std::string channel, Heard heard, Joined joined) {
  if (desk_ == nullptr) return;
  // A file that is refused connects to nothing.
  if (!started_) {
    wishes_.push_back({std::move(channel), std::move(heard), std::move(joined)});
    return;
  }
  desk_->subscribe(owner_, store(), std::move(channel), std::move(heard), std::move(joined));
}

}  // namespace redis

RedisReply Redis::call(Words words, Time patience) {
  std::unique_ptr<char[]> bytes;
  return Client::of(*this).call(redis::make_command(redis::Room{bytes}, words), patience);
}

RedisReply Redis::call(const RedisScript& script, Words keys, Words arguments, Time patience) {
  std::unique_ptr<char[]> bytes;
  return Client::of(*this).call(
      redis::make_evalsha(redis::Room{bytes}, detail::RedisAccess::script(script), keys, arguments),
      patience);
}

void Redis::send(Words words, Callable<void(const RedisReply&)> done) {
  std::string command(redis::command_size(words), '\0');
  redis::write_command(command.data(), words);
  Client::of(*this).send(std::move(command), std::move(done));
}

void Redis::subscribe(std::string_view channel, Callable<void(std::string_view message)> heard,
                      Callable<void()> joined) {
  Client::of(*this).subscribe(std::string(channel), std::move(heard), std::move(joined));
}

bool Redis::connected() const noexcept { return Client::of(*this).store()->connected(); }

Redis::Time Redis::timeout() const noexcept { return Client::of(*this).store()->options.timeout; }

}  // namespace portico
