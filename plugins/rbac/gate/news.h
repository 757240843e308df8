// SPDX-License-Identifier: Apache-2.0
// That something has changed, told to other nodes at once, by a Redis where the file names one. The
// truth is in the database; a message that is lost costs the seconds until the next poll.
//
// "user ID": what that user has is looked up anew with the next request. "roles": all else, which a
// job reads a moment later.
#pragma once

#include "gate/knowledge.h"
#include <portico/host.h>
#include <portico/redis.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace portico::rbac {

class News {
 public:
  static constexpr std::string_view Channel = "portico.rbac.changed";
  /// How often somebody should `catch_up`.
  static constexpr std::chrono::milliseconds Pace{200};

  /// `redis` is empty where there is none.
  News(std::string_view redis, Knowledge& knowledge, Host& host);
  News(const News&) = delete;
  News& operator=(const News&) = delete;

  /// Hears of others from now on. In `start`.
  void begin();
  /// After a commit of this node, which raised the version to this: applied here before it returns,
  /// and then told to the others. May block.
  void committed(std::int64_t version);
  /// Applies what was heard of, if anything was. Throws SqlError. May block.
  void catch_up();

 private:
  /// What was new; nothing where it is to be told in one word.
  [[nodiscard]] std::optional<std::vector<Change>> apply();
  void heard(std::string_view message) noexcept;

  Redis* const redis_;  // Null: none.
  Knowledge& knowledge_;
  Host& host_;
  std::atomic<bool> due_{false};
};

}  // namespace portico::rbac
