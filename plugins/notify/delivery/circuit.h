// SPDX-License-Identifier: Apache-2.0
// Whether whoever takes mails is there. While nobody is, no mail is tried: what one of them would
// find out holds for all, and an attempt that was none is not counted. Any thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

namespace portico::notify {

class Circuit {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds First{1'000};
  static constexpr std::chrono::milliseconds Longest{30'000};

  /// Nothing: go on. Else how long to wait; when that has passed, one goes on to find out.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (!open_) return std::nullopt;
    if (now < until_) return std::chrono::ceil<std::chrono::milliseconds>(until_ - now);
    // Others wait while this one looks.
    until_ = now + pause_;
    return std::nullopt;
  }
  /// Returns whether it was there until now, and how long to wait.
  struct Away {
    bool news;
    std::chrono::milliseconds pause;
  };
  Away away(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    const bool news = !open_;
    pause_ = news ? First : std::min(pause_ * 2, Longest);
    open_ = true;
    until_ = now + pause_;
    return {news, pause_};
  }
  /// Returns whether it was away until now.
  bool there() {
    const std::lock_guard lock(mutex_);
    return std::exchange(open_, false);
  }

 private:
  std::mutex mutex_;
  bool open_ = false;
  std::chrono::milliseconds pause_ = First;
  Clock::time_point until_{};
};

}  // namespace portico::notify
