// SPDX-License-Identifier: Apache-2.0
#include "testing/fake_redis.h"

#include "redis/reply_reader.h"

#include <utility>

namespace portico::testing {
namespace {

/// A command is written as a list of texts, which a reply may be too.
RedisWords words_of(std::string_view command) {
  redis::ReplyReader reader;
  RedisWords words;
  if (!reader.feed(command) || reader.next() != redis::ReplyReader::Step::Reply) return words;
  const RedisReply list = reader.make(nullptr);
  for (std::size_t i = 0; i < list.size(); ++i) words.emplace_back(list[i].text());
  return words;
}

}  // namespace

void FakeRedis::answers(std::string_view name, Answer answer) {
  places_[std::string(name)].answer = std::move(answer);
}

void FakeRedis::reach(std::string_view name, Gateway::Reach reach) {
  const bool away = reach == Gateway::Reach::Away;
  if (std::exchange(places_[std::string(name)].away, away) == away || away) return;
  for (const auto& listener : listeners_) {
    if (listener->name == name && listener->joined) listener->joined();
  }
}

std::size_t FakeRedis::say(std::string_view channel, std::string_view message) {
  std::size_t listened = 0;
  for (const auto& listener : listeners_) {
    if (listener->channel != channel || places_[listener->name].away) continue;
    listener->heard(message);
    ++listened;
  }
  return listened;
}

std::shared_ptr<redis::Store> FakeRedis::open(const std::string& name,
                                              const redis::Options& options) {
  auto store = std::make_shared<redis::Store>(name, options, log_, clock_);
  store->stands();
  return store;
}

RedisReply FakeRedis::answer_of(const std::string& name, std::string_view command) {
  const Place& place = places_[name];
  if (place.away) return redis::away(redis::Away::NotConnected);
  if (!place.answer) return RedisReply::refused("ERR this test has no answer");
  return place.answer(words_of(command));
}

void FakeRedis::ask(const std::shared_ptr<redis::Store>& store, const redis::Command& command,
                    redis::Asker& asker, std::chrono::nanoseconds) noexcept {
  asker.answered(asker, answer_of(store->name, command.bytes));
}

void FakeRedis::send(const void*, const std::shared_ptr<redis::Store>& store, std::string command,
                     redis::Done done) {
  const RedisReply reply = answer_of(store->name, command);
  if (done) done(reply);
}

void FakeRedis::subscribe(const void* owner, const std::shared_ptr<redis::Store>& store,
                          std::string channel, redis::Heard heard, redis::Joined joined) {
  listeners_.push_back(std::make_unique<Listener>(
      Listener{owner, store->name, std::move(channel), std::move(heard), std::move(joined)}));
  const Listener& listener = *listeners_.back();
  if (listener.joined && !places_[listener.name].away) listener.joined();
}

void FakeRedis::forget(const void* owner) noexcept {
  std::erase_if(listeners_, [owner](const auto& each) { return each->owner == owner; });
}

}  // namespace portico::testing
