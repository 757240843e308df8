// SPDX-License-Identifier: Apache-2.0
// Lines on their way from the one thread that writes them to the one that takes them: bounded,
// allocated once, without a lock. A line is formatted where it will be read, and never lies across
// the end of the memory. When there is no room the line is lost and counted; nobody waits. Where
// all lines have been taken the next one begins at the beginning, so that a ring for the worst hour
// does not hold its memory in all others.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace portico::services {

class LineRing {
 public:
  /// `capacity` is a power of two.
  explicit LineRing(std::size_t capacity);

  // For the thread that writes.
  /// Where a line of at most `most` bytes may be put; empty, and one more lost, when there is no
  /// room.
  [[nodiscard]] std::span<char> room(std::size_t most) noexcept;
  /// The line that was put there has this size. True now and then while more than half is full: the
  /// other side should not sleep on.
  [[nodiscard]] bool wrote(std::size_t size) noexcept;

  // For the thread that takes.
  /// Whole lines; empty when there are none.
  [[nodiscard]] std::string_view lines() noexcept;
  void taken(std::size_t size) noexcept;

  /// Lines that were lost. From any thread.
  [[nodiscard]] std::uint64_t lost() const noexcept {
    return lost_.load(std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t Busy = 16;  // The part of it that is always in use.

  [[nodiscard]] std::uint64_t lap_of(std::uint64_t at) const noexcept { return at & ~(size_ - 1); }
  [[nodiscard]] std::size_t place_of(std::uint64_t at) const noexcept { return at & (size_ - 1); }
  [[nodiscard]] bool look() noexcept;
  [[nodiscard]] bool stale(std::uint64_t end, std::size_t most) const noexcept;
  [[nodiscard]] std::uint64_t free_until() const noexcept;

  const std::size_t size_;
  const std::unique_ptr<char[]> bytes_;

  // Positions count up for ever; the place in memory is what is left of them by the size. The
  // writer's:
  alignas(64) std::atomic<std::uint64_t> end_{0};
  std::atomic<std::uint64_t> lap_end_{0};  // Where the lines of the lap before this one end.
  std::atomic<std::uint64_t> lost_{0};
  std::uint64_t begun_at_ = 0;   // By `room`.
  std::uint64_t lap_begin_ = 0;  // Of the lap that has the last line.
  std::uint64_t seen_ = 0;       // The other side's `begin_`, some time ago.
  std::uint64_t look_at_;        // When to see whether the other side keeps up.
  // The taker's:
  alignas(64) std::atomic<std::uint64_t> begin_{0};
};

}  // namespace portico::services
