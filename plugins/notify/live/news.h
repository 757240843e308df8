// SPDX-License-Identifier: Apache-2.0
// What one node says on topics, told to the others by a Redis where the file names one. The truth
// is in the tables: a message that is lost costs the second until somebody looks.
#pragma once

#include <portico/host.h>
#include <portico/redis.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::notify {

class News {
 public:
  static constexpr std::string_view Channel = "portico:notify:topics";

  /// What was heard since it was taken last.
  struct Heard {
    std::map<std::string, std::int64_t> said;               ///< Topics, and up to which number.
    std::vector<std::pair<std::string, std::string>> left;  ///< Topics, and who may not listen.
  };

  /// `redis` is empty where there is none.
  News(std::string_view redis, Host& host);
  News(const News&) = delete;
  News& operator=(const News&) = delete;

  [[nodiscard]] bool any() const noexcept { return redis_ != nullptr; }
  /// Hears of others from now on. In `start`.
  void begin();
  // Of a topic that the API names, after the commit. Nobody waits.
  void said(std::string_view topic, std::int64_t seq);
  void left(std::string_view topic, std::string_view user);
  [[nodiscard]] Heard take();

 private:
  void hear(std::string_view message);

  Redis* const redis_;  // Null: none.
  std::mutex mutex_;
  Heard heard_;
};

}  // namespace portico::notify
