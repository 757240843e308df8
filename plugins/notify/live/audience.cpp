// SPDX-License-Identifier: Apache-2.0
#include "live/audience.h"

namespace portico::notify {

void Audience::join(std::unique_ptr<Listener> listener) {
  const std::lock_guard lock(mutex_);
  const std::string& topic = listener->who().topic;
  std::shared_ptr<Room>& room = rooms_[topic];
  if (!room) room = std::make_shared<Room>(topic);
  room->add(std::move(listener));
}

std::shared_ptr<Room> Audience::room(std::string_view topic) const {
  const std::lock_guard lock(mutex_);
  const auto found = rooms_.find(topic);
  return found == rooms_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Room>> Audience::rooms() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Room>> all;
  all.reserve(rooms_.size());
  for (const auto& [topic, room] : rooms_) all.push_back(room);
  return all;
}

void Audience::sweep() {
  const std::lock_guard lock(mutex_);
  std::erase_if(rooms_, [](const auto& entry) { return !entry.second->sweep(); });
}

}  // namespace portico::notify
