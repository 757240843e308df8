// SPDX-License-Identifier: Apache-2.0
#include "services/events/bus.h"

#include "base/text.h"
#include "services/events/event_text.h"

#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <pthread.h>

namespace portico::services {
namespace {

[[noreturn]] void refuse(std::string_view pattern) {
  throw std::invalid_argument("nothing that can be listened to: \"" +
                              base::escape_control(pattern) + '"');
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
  check_event_name(name);
  const Happened happened{std::string(name), std::string(source), event_data(data),
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
  if (!is_event_pattern(pattern) || !told) refuse(pattern);
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
    if (!at->forgotten && matches_event(at->pattern, happened.name)) call(lock, *at, happened);
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
