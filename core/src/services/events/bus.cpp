// SPDX-License-Identifier: Apache-2.0
#include "services/events/bus.h"

#include "base/json_writer.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <pthread.h>

namespace portico::services {
namespace {

/// Words of small letters, digits and '_', joined by dots.
[[nodiscard]] bool is_name(std::string_view name) noexcept {
  bool word = false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '_';
    if (!letter && (c != '.' || !word)) return false;
    word = letter;
  }
  return word;
}

/// A name, or the beginning of names: "upstream.*", "*".
[[nodiscard]] bool is_pattern(std::string_view pattern) noexcept {
  if (pattern == "*") return true;
  if (pattern.ends_with(".*")) pattern.remove_suffix(2);
  return is_name(pattern);
}

[[nodiscard]] bool matches(std::string_view pattern, std::string_view name) noexcept {
  if (!pattern.ends_with('*')) return pattern == name;
  return name.starts_with(pattern.substr(0, pattern.size() - 1));
}

[[noreturn]] void refuse(std::string_view what, std::string_view text) {
  throw std::invalid_argument(std::string(what) + ": \"" + base::escape_control(text) + '"');
}

[[nodiscard]] std::string json_of(std::initializer_list<EventField> data) {
  std::string text;
  base::JsonWriter json(text);
  json.begin_object();
  for (const EventField& field : data) json.member(field.name, field.value);
  json.end_object();
  return text;
}

}  // namespace

EventBus::~EventBus() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void EventBus::publish(std::string_view source, std::string_view name,
                       std::initializer_list<EventField> data) {
  if (!is_name(name)) refuse("not the name of an event", name);
  const Happened happened{std::string(name), std::string(source), json_of(data),
                          clock_.unix_time()};
  std::unique_lock lock(mutex_);
  recent_.push_back(happened);
  if (recent_.size() > MostRecent) recent_.pop_front();
  if (listeners_.empty()) return;
  if (waiting_.size() == MostWaiting) {
    ++lost_;
    return;
  }
  waiting_.push_back(happened);
  changed_.notify_all();
  // One that publishes within a call is told of its own event behind that call.
  while (pace_ == Pace::Stepped && called_ == nullptr && !waiting_.empty()) tell_first(lock);
}

void EventBus::listen(const void* owner, std::string_view source, std::string_view pattern,
                      Told told) {
  if (!is_pattern(pattern) || !told) refuse("nothing that can be listened to", pattern);
  const std::lock_guard lock(mutex_);
  listeners_.push_back({owner, std::string(source), std::string(pattern), std::move(told)});
  if (pace_ == Pace::Thread && !thread_.joinable()) launch();
}

void EventBus::forget(const void* owner) noexcept {
  std::unique_lock lock(mutex_);
  const auto is_under_way = [&] {
    return called_ != nullptr && called_->owner == owner && caller_ != std::this_thread::get_id();
  };
  for (Listener& listener : listeners_) {
    if (listener.owner == owner) listener.forgotten = true;
  }
  changed_.wait(lock, [&] { return !is_under_way(); });
  std::erase_if(listeners_, [this](const Listener& listener) {
    return listener.forgotten && &listener != called_;
  });
}

std::vector<EventBus::Happened> EventBus::recent() const {
  const std::lock_guard lock(mutex_);
  return {recent_.begin(), recent_.end()};
}

std::uint64_t EventBus::lost() const {
  const std::lock_guard lock(mutex_);
  return lost_;
}

// A process in which nobody listens has no thread.
void EventBus::launch() {
  thread_ = std::thread([this] {
    ::pthread_setname_np(::pthread_self(), "portico-events");
    run();
  });
}

void EventBus::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    tell_first(lock);
  }
}

void EventBus::tell_first(std::unique_lock<std::mutex>& lock) {
  const Happened happened = std::move(waiting_.front());
  waiting_.pop_front();
  for (auto at = listeners_.begin(); at != listeners_.end();) {
    if (!at->forgotten && matches(at->pattern, happened.name)) call(lock, *at, happened);
    at = at->forgotten ? listeners_.erase(at) : std::next(at);
  }
}

void EventBus::call(std::unique_lock<std::mutex>& lock, Listener& listener,
                    const Happened& happened) {
  called_ = &listener;
  caller_ = std::this_thread::get_id();
  lock.unlock();
  try {
    listener.told({.name = happened.name,
                   .source = happened.source,
                   .data = happened.data,
                   .time = happened.time});
  } catch (const std::exception& error) {
    const std::array fields{Field{"reason", error.what()}};
    log_.write(Level::Error, listener.source, "a listener to events threw", fields);
  } catch (...) {
    log_.write(Level::Error, listener.source, "a listener to events threw");
  }
  lock.lock();
  called_ = nullptr;
  changed_.notify_all();
}

}  // namespace portico::services
