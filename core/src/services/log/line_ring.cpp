// SPDX-License-Identifier: Apache-2.0
#include "services/log/line_ring.h"

#include <algorithm>

namespace portico::services {

using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;

// Not set to zero: pages that no line has touched cost nothing.
LineRing::LineRing(std::size_t capacity)
    : size_(capacity), bytes_(new char[capacity]), look_at_(capacity / 2) {}

std::span<char> LineRing::room(std::size_t most) noexcept {
  const std::uint64_t end = end_.load(memory_order_relaxed);
  const bool fits = place_of(end) + most <= size_;
  begun_at_ = fits && !stale(end, most) ? end : lap_of(end) + size_;
  if (begun_at_ + most - seen_ > size_) {
    seen_ = free_until();
    if (begun_at_ + most - seen_ > size_) {
      lost_.store(lost_.load(memory_order_relaxed) + 1, memory_order_relaxed);
      return {};
    }
  }
  return {bytes_.get() + place_of(begun_at_), most};
}

/// Whether the place of the next line is far from the beginning, and nothing waits there.
bool LineRing::stale(std::uint64_t end, std::size_t most) const noexcept {
  return place_of(end) >= std::max(size_ / Busy, most) && begin_.load(memory_order_acquire) == end;
}

/// Up to where lines have been taken.
std::uint64_t LineRing::free_until() const noexcept {
  const std::uint64_t begin = begin_.load(memory_order_acquire);
  if (begin != lap_end_.load(memory_order_relaxed)) return begin;
  // All of the lap before this one, though the taker has not moved on yet.
  return std::max(begin, lap_begin_);
}

bool LineRing::wrote(std::size_t size) noexcept {
  // The taker reads this only once it knows of a line in the new lap, and the lap after that one
  // cannot begin before the taker has left the one that ends here.
  if (place_of(begun_at_) == 0) {
    lap_end_.store(end_.load(memory_order_relaxed), memory_order_relaxed);
    lap_begin_ = begun_at_;
  }
  end_.store(begun_at_ + size, memory_order_release);
  return begun_at_ + size >= look_at_ && look();
}

bool LineRing::look() noexcept {
  const std::uint64_t end = end_.load(memory_order_relaxed);
  seen_ = free_until();
  const bool late = end - seen_ >= size_ / 2;
  look_at_ = late ? end + size_ / 8 : seen_ + size_ / 2;
  return late;
}

std::string_view LineRing::lines() noexcept {
  const std::uint64_t end = end_.load(memory_order_acquire);
  std::uint64_t begin = begin_.load(memory_order_relaxed);
  const std::uint64_t next_lap = lap_of(begin) + size_;
  std::uint64_t until = end;
  if (end > next_lap) {
    until = lap_end_.load(memory_order_relaxed);
    if (begin == until) {
      begin = next_lap;
      begin_.store(begin, memory_order_release);
      until = end;
    }
  }
  return {bytes_.get() + place_of(begin), static_cast<std::size_t>(until - begin)};
}

void LineRing::taken(std::size_t size) noexcept {
  begin_.store(begin_.load(memory_order_relaxed) + size, memory_order_release);
}

}  // namespace portico::services
