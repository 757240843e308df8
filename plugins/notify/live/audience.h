// SPDX-License-Identifier: Apache-2.0
// All who listen on this node. It outlives a reload: they stay, and the next instance of the plugin
// tells them. Any thread that may wait.
#pragma once

#include "live/room.h"
#include "live/seats.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::notify {

class Audience {
 public:
  explicit Audience(Seats::Limits limits) : seats_(limits) {}
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;

  /// Where there is none free, those of whoever has gone are.
  [[nodiscard]] std::variant<Seat, Seats::Shortage> seat(const std::string& user);
  [[nodiscard]] std::size_t seated() const { return seats_.taken(); }

  void join(std::unique_ptr<Listener> listener);
  /// Null where nobody listens.
  [[nodiscard]] std::shared_ptr<Room> room(std::string_view topic) const;
  [[nodiscard]] std::vector<std::shared_ptr<Room>> rooms() const;
  /// Lets go of who has gone, and of empty rooms.
  void sweep();

 private:
  Seats seats_;  // Before the rooms: those who sit there go first.
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Room>, std::less<>> rooms_;
};

}  // namespace portico::notify
