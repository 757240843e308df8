// SPDX-License-Identifier: Apache-2.0
// A command as Redis reads it: the number of its words, then each with its length.
#pragma once

#include "redis/script.h"
#include <portico/redis.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace portico::redis {

using Words = Redis::Words;

/// A command in memory of somebody who keeps it until it was answered.
struct Command {
  std::string_view bytes;
  /// Of EVALSHA, for when Redis does not know it.
  const detail::RedisScriptState* script = nullptr;
  std::size_t words = 0;
  std::size_t rest = 0;  ///< Where the words behind the script's begin.
};

/// What `write_command` needs.
[[nodiscard]] std::size_t command_size(Words words) noexcept;
/// Returns where it ended.
char* write_command(char* out, Words words) noexcept;

/// A command whose memory is made by `room`, which takes a size.
template <class Room>
[[nodiscard]] Command make_command(Room room, Words words) {
  const std::size_t size = command_size(words);
  char* const bytes = room(size);
  write_command(bytes, words);
  return {{bytes, size}, nullptr, words.size(), 0};
}

[[nodiscard]] std::size_t evalsha_size(const detail::RedisScriptState& script, Words keys,
                                       Words arguments) noexcept;
[[nodiscard]] Command write_evalsha(char* out, const detail::RedisScriptState& script, Words keys,
                                    Words arguments) noexcept;

template <class Room>
[[nodiscard]] Command make_evalsha(Room room, const detail::RedisScriptState& script, Words keys,
                                   Words arguments) {
  return write_evalsha(room(evalsha_size(script, keys, arguments)), script, keys, arguments);
}

/// What sends the script itself: this, then `command.bytes` from `command.rest` on.
[[nodiscard]] std::string eval_head(const Command& command);

}  // namespace portico::redis
