// SPDX-License-Identifier: Apache-2.0
// One value of a reply as it lies in memory. All nodes of a reply and their texts are one block: of
// a request's arena, or of the heap.
#pragma once

#include <portico/redis.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::detail {

struct RedisNode {
  RedisValue::Kind kind = RedisValue::Kind::Nothing;
  bool on_heap = false;  ///< Of a root: the block is given back with it.
  std::int64_t integer = 0;
  std::string_view text{};
  const RedisNode* items = nullptr;
  std::size_t count = 0;
};

/// The way from core's values to the SDK's.
class RedisAccess {
 public:
  [[nodiscard]] static RedisReply reply(const RedisNode* node) noexcept { return RedisReply(node); }
  [[nodiscard]] static const RedisNode& node(const RedisValue& value) noexcept {
    return *value.node_;
  }
  [[nodiscard]] static const RedisScriptState& script(const RedisScript& script) noexcept {
    return *script.state_;
  }
};

}  // namespace portico::detail
