// SPDX-License-Identifier: Apache-2.0
#include "live/room.h"

#include <algorithm>

namespace portico::notify {

void Room::add(std::unique_ptr<Listener> listener) {
  const std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
}

std::optional<std::int64_t> Room::least_heard() const {
  const std::lock_guard lock(mutex_);
  const auto first = std::ranges::min_element(
      listeners_, {}, [](const std::unique_ptr<Listener>& each) { return each->seq(); });
  return first == listeners_.end() ? std::nullopt : std::optional((*first)->seq());
}

void Room::tell(const Reading& reading, std::chrono::nanoseconds now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const std::unique_ptr<Listener>& each) {
    return each->hear(reading, now) == Listener::Heard::None;
  });
}

void Room::keep_alive(std::chrono::nanoseconds now) {
  const std::lock_guard lock(mutex_);
  for (const auto& listener : listeners_) listener->keep_alive(now);
}

void Room::end(std::string_view user, Outlet::Farewell why) {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const std::unique_ptr<Listener>& each) {
    if (each->who().user != user) return false;
    each->end(why);
    return true;
  });
}

void Room::list_subscribers(std::vector<Subscription>& list) const {
  const std::lock_guard lock(mutex_);
  for (const auto& listener : listeners_) {
    if (!listener->who().own) list.push_back({topic_, listener->who().user});
  }
}

bool Room::sweep() {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const std::unique_ptr<Listener>& each) { return !each->open(); });
  return !listeners_.empty();
}

}  // namespace portico::notify
