// SPDX-License-Identifier: Apache-2.0
// All who listen to one topic on this node. Any thread that may wait for others that tell them.
#pragma once

#include "live/listener.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

class Room {
 public:
  explicit Room(std::string topic) : topic_(std::move(topic)) {}

  [[nodiscard]] const std::string& topic() const noexcept { return topic_; }
  void add(std::unique_ptr<Listener> listener);
  /// The number of who has heard the least; nothing where nobody listens.
  [[nodiscard]] std::optional<std::int64_t> least_heard() const;
  /// Several threads may have read the same: everybody hears it once.
  void tell(const Reading& reading, std::chrono::nanoseconds now);
  void keep_alive(std::chrono::nanoseconds now);
  void end(std::string_view user, Outlet::Farewell why);
  /// Adds those who are here because they are subscribed.
  void list_subscribers(std::vector<Subscription>& list) const;
  /// Lets go of who has gone. Whether anybody is left.
  bool sweep();

 private:
  const std::string topic_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Listener>> listeners_;
};

}  // namespace portico::notify
