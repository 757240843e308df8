// SPDX-License-Identifier: Apache-2.0
#include "redis/ear.h"

#include <array>
#include <exception>
#include <iterator>
#include <utility>

namespace portico::redis {

using Kind = RedisValue::Kind;

Ear::Ear(Surroundings& surroundings, std::shared_ptr<Store> store)
    : store_(std::move(store)),
      figures_(store_->new_figures()),
      channel_(surroundings, store_, *figures_, *this) {
  channel_.open();
}

Ear::~Ear() {
  channel_.close();
  if (lost_) store_->forgotten();
}

void Ear::say(std::string_view verb, std::string_view channel) {
  const std::array words{verb, channel};
  const auto count = static_cast<std::size_t>(channel.empty() ? 1 : 2);
  std::string bytes(command_size(Words(words).first(count)), '\0');
  write_command(bytes.data(), Words(words).first(count));
  channel_.write(bytes);
}

void Ear::add(const void* owner, const std::string& channel, Heard heard, Joined joined) {
  const auto [place, is_new] = topics_.try_emplace(channel);
  Topic& topic = place->second;
  idle_ = false;
  topic.listeners.push_back({owner, std::move(heard), std::move(joined)});
  if (is_new && stood_) say("SUBSCRIBE", channel);
  const Listener& listener = topic.listeners.back();
  if (topic.stands && listener.joined) guarded(channel, [&] { listener.joined(); });
}

void Ear::drop(const void* owner) noexcept {
  for (auto place = topics_.begin(); place != topics_.end();) {
    auto& [channel, topic] = *place;
    std::erase_if(topic.listeners, [&](const Listener& each) { return each.owner == owner; });
    if (topic.listeners.empty() && stood_) say("UNSUBSCRIBE", channel);
    place = topic.listeners.empty() ? topics_.erase(place) : std::next(place);
  }
}

void Ear::opened() noexcept {
  stood_ = true;
  asked_ = false;
  if (std::exchange(lost_, false)) store_->found();
  for (const auto& [channel, topic] : topics_) say("SUBSCRIBE", channel);
}

void Ear::lost(std::string_view why) noexcept {
  const bool stood = std::exchange(stood_, false);
  for (auto& [channel, topic] : topics_) topic.stands = false;
  if (stood && channel_.was_steady() && !lost_) return;  // It is sought again at once.
  if (std::exchange(lost_, true)) return store_->still_lost(why);
  store_->lost(why);
}

void Ear::received(const ReplyReader& reply) noexcept {
  asked_ = false;
  if (reply.kind() == Kind::Error) {
    store_->tell(Level::Warning, "a Redis refused to let us listen", reply.text());
    return;
  }
  if (reply.kind() == Kind::List) take(reply.make(nullptr));
}

void Ear::take(const RedisValue& message) {
  const auto topic = topics_.find(message[1].text());
  if (topic == topics_.end()) return;
  if (message[0].text() == "subscribe") return join(topic->second);
  if (message[0].text() != "message") return;
  figures_->messages.add();
  for (const Listener& listener : topic->second.listeners) {
    guarded(topic->first, [&] { listener.heard(message[2].text()); });
  }
}

void Ear::join(Topic& topic) noexcept {
  topic.stands = true;
  for (const Listener& listener : topic.listeners) {
    if (listener.joined) guarded({}, [&] { listener.joined(); });
  }
}

template <class Call>
void Ear::guarded(std::string_view channel, Call call) noexcept {
  try {
    call();
  } catch (const std::exception& error) {
    store_->tell(Level::Error, "who listens to a channel has thrown", error.what());
  } catch (...) {
    store_->tell(Level::Error, "who listens to a channel has thrown", channel);
  }
}

void Ear::beat() noexcept {
  idle_ = topics_.empty();
  if (!stood_) return;
  if (std::exchange(asked_, true)) return channel_.fail("no answer in time");
  say("PING", {});
}

}  // namespace portico::redis
