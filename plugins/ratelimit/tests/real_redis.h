// SPDX-License-Identifier: Apache-2.0
// A redis-server of a test's own, on a socket in a folder of its own, and a client that waits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace portico::ratelimit {

class RealRedis {
 public:
  /// One value; a list has its items.
  struct Value {
    enum class Kind : std::uint8_t { Nothing, Integer, Text, List, Error };
    Kind kind = Kind::Nothing;
    std::int64_t integer = 0;
    std::string text;
    std::vector<Value> items;
  };
  using Words = std::vector<std::string>;

  /// Whether this machine has a redis-server.
  [[nodiscard]] static bool is_there();

  /// Throws std::runtime_error when it does not begin.
  RealRedis();
  RealRedis(const RealRedis&) = delete;
  RealRedis& operator=(const RealRedis&) = delete;
  ~RealRedis();

  Value say(const Words& words);
  Value run(std::string_view script, const Words& keys, const Words& arguments);

 private:
  [[nodiscard]] bool connect();
  [[nodiscard]] std::string line();
  [[nodiscard]] Value value();
  void need(std::size_t size);

  std::string folder_;
  pid_t child_ = -1;
  int socket_ = -1;
  std::string received_;
};

}  // namespace portico::ratelimit
