// SPDX-License-Identifier: Apache-2.0
// Assignments of users as workers have looked them up, for all threads that may wait for a lock.
// What is here is believed for as long as its edition (editions.h) is the current one.
//
// A loop must not ask the database, not even about a caller whose answer stays open and who is
// asked about again each second: it leaves word with `want`, a job looks up, and a second later
// `find` has it.
#pragma once

#include "gate/knowledge.h"
#include "gate/user_key.h"
#include "model/assignment.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace portico::rbac {

class LookedUp {
 public:
  struct Found {
    std::uint32_t edition;
    std::shared_ptr<const std::vector<Assignment>> assignments;  // With whoever asked before.
  };

  explicit LookedUp(Knowledge& knowledge) noexcept : knowledge_(knowledge) {}

  /// Without asking the database; nothing where it would have to be asked.
  [[nodiscard]] std::optional<Found> find(std::string_view user);
  /// Throws SqlError. May block.
  [[nodiscard]] std::shared_ptr<const std::vector<Assignment>> get(std::string_view user);
  /// Somebody will `find` that user in a while.
  void want(std::string_view user);
  /// Looks up who is wanted. Throws SqlError. May block.
  void serve();

 private:
  /// Those who are asked about again and again; when there are more, all are looked up anew.
  static constexpr std::size_t Most = 100'000;

  struct KeyHash {
    std::size_t operator()(const UserKey& key) const noexcept { return key.first; }
  };

  Knowledge& knowledge_;
  std::mutex mutex_;
  std::unordered_map<UserKey, Found, KeyHash> users_;
  std::unordered_set<std::string> wanted_;
};

}  // namespace portico::rbac
