// SPDX-License-Identifier: Apache-2.0
#include "live/news.h"

#include "live/topic_name.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace portico::notify {
namespace {

// "said TOPIC NUMBER", "left TOPIC USER": there is no blank in any of them.
constexpr std::string_view Said = "said ";
constexpr std::string_view Left = "left ";
/// Between two takes. What is beyond is found by whoever looks.
constexpr std::size_t Most = 10'000;

/// The word at the front, which is taken off.
std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(text.size(), word.size() + 1));
  return word;
}

std::string join(std::string_view kind, std::string_view topic, std::string_view rest) {
  return std::string(kind).append(topic).append(" ").append(rest);
}

}  // namespace

News::News(std::string_view redis, Host& host)
    : redis_(redis.empty() ? nullptr : &host.redis(redis)) {}

void News::begin() {
  if (redis_ == nullptr) return;
  redis_->subscribe(Channel, [this](std::string_view message) { hear(message); });
}

void News::said(std::string_view topic, std::int64_t seq) {
  if (redis_ != nullptr) redis_->publish(Channel, join(Said, topic, std::to_string(seq)));
}

void News::left(std::string_view topic, std::string_view user) {
  if (redis_ != nullptr) redis_->publish(Channel, join(Left, topic, user));
}

void News::hear(std::string_view message) {
  const bool is_said = message.starts_with(Said);
  if (!is_said && !message.starts_with(Left)) return;
  message.remove_prefix(Said.size());
  const std::string_view topic = take_word(message);
  if (!is_topic(topic)) return;
  const std::lock_guard lock(mutex_);
  if (heard_.said.size() + heard_.left.size() >= Most) return;
  if (!is_said) {
    heard_.left.emplace_back(topic, message);
    return;
  }
  std::int64_t seq = 0;
  std::from_chars(message.data(), message.data() + message.size(), seq);
  std::int64_t& known = heard_.said[std::string(topic)];
  known = std::max(known, seq);
}

News::Heard News::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(heard_, {});
}

}  // namespace portico::notify
