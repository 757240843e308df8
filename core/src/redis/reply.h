// SPDX-License-Identifier: Apache-2.0
// Replies that core makes without having read them.
#pragma once

#include "base/arena.h"
#include "redis/node.h"

#include <cstddef>
#include <string_view>

namespace portico::redis {

/// A block for a reply: of the arena, or of the heap where there is none. Throws std::bad_alloc.
[[nodiscard]] void* reply_room(base::Arena* arena, std::size_t size);

/// Why there was no answer. The words are those of the metric.
enum class Away : std::uint8_t { NotConnected, TimedOut, Broken, Overloaded };
[[nodiscard]] std::string_view word(Away why) noexcept;

/// No memory is taken.
[[nodiscard]] RedisReply away(Away why) noexcept;

}  // namespace portico::redis
