// SPDX-License-Identifier: Apache-2.0
// Commands to a Redis that a middleware waits for: on its loop, in the request's memory.
#include "http/request_state.h"
#include "pipeline/driver.h"
#include "redis/client.h"

#include <stdexcept>

namespace portico {
namespace {

using pipeline::Driver;
using redis::Client;
using redis::Command;

struct Awaiting final : redis::Asker {
  explicit Awaiting(Resume<RedisReply> how) noexcept : resume(how) {
    answered = [](Asker& asker, RedisReply reply) noexcept {
      // The exchange may be over, and its memory gone, before this returns.
      const Resume<RedisReply> go_on = static_cast<Awaiting&>(asker).resume;
      go_on(std::move(reply));
    };
  }
  Resume<RedisReply> resume;
};

/// Memory for a command that a request keeps.
struct Room {
  base::Arena& arena;
  char* operator()(std::size_t size) const { return arena.array<char>(size); }
};

Operation<RedisReply> operation(Client& client, Request& request, const Command& command) {
  auto& state = http::RequestState::of(request);
  if (state.driver == nullptr) {
    throw std::logic_error("this request is not being served by a chain");
  }
  auto* const kept = state.arena.make<Command>(command);
  return Operation<RedisReply>([&client, &state, kept](Resume<RedisReply> resume) -> Step<void()> {
    redis::Line* const line = state.driver->engine().redis();
    if (line == nullptr) {
      resume(redis::away(redis::Away::NotConnected));
      return {};
    }
    auto* const asker = state.arena.make<Awaiting>(resume);
    asker->arena = &state.arena;
    line->ask(client.store(), *kept, *asker, client.store()->options.timeout);
    return [line, asker] { line->give_up(*asker); };
  });
}

}  // namespace

Operation<RedisReply> Redis::ask(Request& request, Words words) {
  const Room room{http::RequestState::of(request).arena};
  return operation(Client::of(*this), request, redis::make_command(room, words));
}

Operation<RedisReply> Redis::run(Request& request, const RedisScript& script, Words keys,
                                 Words arguments) {
  const Room room{http::RequestState::of(request).arena};
  return operation(Client::of(*this), request,
                   redis::make_evalsha(room, detail::RedisAccess::script(script), keys, arguments));
}

}  // namespace portico
