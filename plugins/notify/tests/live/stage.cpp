// SPDX-License-Identifier: Apache-2.0
#include "live/stage.h"

#include "live/topic_name.h"

namespace portico::notify::test {

std::int64_t Stage::say(const std::string& topic, std::string payload) {
  const std::lock_guard lock(mutex_);
  Topic& said = topics_[topic];
  ++said.last;
  said.messages[said.last] = {said.last, "news", std::move(payload)};
  return said.last;
}

void Stage::purge(const std::string& topic, std::int64_t first, std::int64_t last) {
  const std::lock_guard lock(mutex_);
  for (std::int64_t seq = first; seq <= last; ++seq) topics_[topic].messages.erase(seq);
}

void Stage::subscribe(const std::string& topic, const std::string& user) {
  const std::lock_guard lock(mutex_);
  subscriptions_.insert({topic, user});
}

void Stage::unsubscribe(const std::string& topic, const std::string& user) {
  const std::lock_guard lock(mutex_);
  subscriptions_.erase({topic, user});
}

int Stage::readings() const {
  const std::lock_guard lock(mutex_);
  return readings_;
}

Reading Stage::behind(std::string_view topic, std::int64_t seq) {
  Reading reading{.after = seq, .last = 0, .messages = {}};
  {
    const std::lock_guard lock(mutex_);
    ++readings_;
    const auto found = topics_.find(topic);
    if (found == topics_.end()) return reading;
    reading.last = found->second.last;
    for (const auto& [number, message] : found->second.messages) {
      if (number > seq && reading.messages.size() < Batch) reading.messages.push_back(message);
    }
    reading.more = reading.messages.size() == Batch;
  }
  if (meanwhile) meanwhile();
  return reading;
}

std::vector<streamed::LastNumber> Stage::last(std::span<const std::string> topics) {
  const std::lock_guard lock(mutex_);
  std::vector<streamed::LastNumber> found;
  for (const std::string& topic : topics) {
    if (const auto it = topics_.find(topic); it != topics_.end()) {
      found.push_back({topic, it->second.last});
    }
  }
  return found;
}

std::vector<Subscription> Stage::subscribed(std::span<const Subscription> asked) {
  const std::lock_guard lock(mutex_);
  std::vector<Subscription> found;
  for (const Subscription& each : asked) {
    if (subscriptions_.contains(each)) found.push_back(each);
  }
  return found;
}

std::vector<std::string> Ear::heard() const {
  const std::lock_guard lock(mutex);
  std::vector<std::string> all;
  for (const TopicMessage& message : messages) {
    all.push_back(message.event == GapEvent
                      ? "gap " + message.payload + " " + std::to_string(message.seq)
                      : std::to_string(message.seq));
  }
  return all;
}

std::int64_t Ear::last() const {
  const std::lock_guard lock(mutex);
  return messages.empty() ? 0 : messages.back().seq;
}

bool EarOutlet::tell(const TopicMessage& message) {
  const std::lock_guard lock(ear_->mutex);
  if (ear_->state != Ear::State::Open) return false;
  ear_->messages.push_back(message);
  ear_->bytes += message.payload.size();
  return true;
}

void EarOutlet::keep_alive() {
  const std::lock_guard lock(ear_->mutex);
  ++ear_->keep_alives;
}

void EarOutlet::end(Farewell why) noexcept {
  const std::lock_guard lock(ear_->mutex);
  ear_->state = why == Farewell::ComeBack ? Ear::State::ToldToComeBack : Ear::State::Forbidden;
}

bool EarOutlet::open() const noexcept {
  const std::lock_guard lock(ear_->mutex);
  return ear_->state == Ear::State::Open;
}

}  // namespace portico::notify::test
