// SPDX-License-Identifier: Apache-2.0
// Reads replies from bytes as they come, by hiredis, which calls back for each value. What it found
// is noted in memory that is used again, and becomes nodes only when somebody wants the reply.
#pragma once

#include "base/arena.h"
#include "redis/node.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;
struct redisReadTask;

namespace portico::redis {

class ReplyReader {
 public:
  /// Of one reply. More is no answer that a gateway asks for.
  static constexpr std::size_t MostBytes = std::size_t{64} * 1024 * 1024;

  /// Throws std::bad_alloc.
  ReplyReader();
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;
  ~ReplyReader();

  /// Forgets what it has read: a new connection begins.
  void reset();
  /// False when memory ran out.
  [[nodiscard]] bool feed(std::string_view bytes) noexcept;

  enum class Step : std::uint8_t { Reply, NeedsMore, Broken };
  /// Broken: what came is no reply, and nothing behind it can be read.
  [[nodiscard]] Step next() noexcept;

  // Of the reply that `next` has found, until the next call.
  [[nodiscard]] RedisValue::Kind kind() const noexcept { return found_.front().kind; }
  /// Of its first value, which may be all of it.
  [[nodiscard]] std::string_view text() const noexcept { return text_of(found_.front()); }
  /// In the arena, or on the heap where there is none. Throws std::bad_alloc.
  [[nodiscard]] RedisReply make(base::Arena* arena) const;

 private:
  struct Found {
    RedisValue::Kind kind;
    std::int64_t integer;  ///< Of a List, how many items follow.
    std::size_t at;        ///< Of a text, in `texts_`.
    std::size_t size;
  };
  class Builder;
  struct Calls;
  struct Release {
    void operator()(redisReader* reader) const noexcept;
  };

  [[nodiscard]] std::string_view text_of(const Found& found) const noexcept {
    return std::string_view(texts_).substr(found.at, found.size);
  }
  [[nodiscard]] bool note(Found found) noexcept;
  [[nodiscard]] bool note_text(RedisValue::Kind kind, std::string_view bytes) noexcept;

  std::unique_ptr<redisReader, Release> reader_;
  std::vector<Found> found_;
  std::string texts_;
  bool complete_ = false;
};

}  // namespace portico::redis
