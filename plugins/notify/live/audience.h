// SPDX-License-Identifier: Apache-2.0
// All who listen on this node. It outlives a reload: they stay, and the next instance of the plugin
// tells them. Any thread that may wait.
#pragma once

#include "live/room.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

class Audience {
 public:
  Audience() = default;
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;

  void join(std::unique_ptr<Listener> listener);
  /// Null where nobody listens.
  [[nodiscard]] std::shared_ptr<Room> room(std::string_view topic) const;
  [[nodiscard]] std::vector<std::shared_ptr<Room>> rooms() const;
  /// Lets go of who has gone, and of empty rooms.
  void sweep();

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Room>, std::less<>> rooms_;
};

}  // namespace portico::notify
