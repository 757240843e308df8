// SPDX-License-Identifier: Apache-2.0
#include "loop/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace portico::loop {
namespace {

constexpr unsigned TickBits = 20;
constexpr std::uint64_t TickRest = (std::uint64_t{1} << TickBits) - 1;

/// The tick that has begun.
[[nodiscard]] std::uint64_t tick_at(TimerWheel::Time time) noexcept {
  return static_cast<std::uint64_t>(std::max(time, TimerWheel::Time::zero()).count()) >> TickBits;
}

/// The first tick that is not before it.
[[nodiscard]] std::uint64_t tick_after(TimerWheel::Time time) noexcept {
  const auto nanoseconds =
      static_cast<std::uint64_t>(std::max(time, TimerWheel::Time::zero()).count());
  return (nanoseconds >> TickBits) + ((nanoseconds & TickRest) != 0 ? 1 : 0);
}

}  // namespace

TimerWheel::TimerWheel(Time now) noexcept : now_(tick_at(now)) {}

void TimerWheel::arm(Timer& timer) noexcept { insert(timer, tick_after(timer.deadline)); }

void TimerWheel::disarm(Timer& timer) noexcept {
  if (timer.armed) remove(timer);
}

void TimerWheel::move(Timer& timer, Time deadline) noexcept {
  timer.deadline = deadline;
  if (timer.armed && timer.tick <= tick_after(deadline)) return;
  disarm(timer);
  arm(timer);
}

/// The level is that of the highest digit in which the tick differs from now: all lower levels
/// will have come round to zero when its slot is reached.
void TimerWheel::insert(Timer& timer, std::uint64_t tick) noexcept {
  constexpr std::uint64_t Horizon = (std::uint64_t{1} << (Bits * Levels)) - 1;
  timer.tick = std::clamp(tick, now_ + 1, std::max(now_ + 1, now_ | Horizon));
  const auto digits = static_cast<unsigned>(std::bit_width(timer.tick ^ now_));
  const std::size_t level = std::min<std::size_t>((digits - 1) / Bits, Levels - 1);
  const std::size_t slot = (timer.tick >> (Bits * level)) & (Slots - 1);
  timer.slot = static_cast<std::uint16_t>(level * Slots + slot);
  timer.armed = true;
  Timer*& first = slots_[timer.slot];
  timer.previous = nullptr;
  timer.next = first;
  if (first != nullptr) first->previous = &timer;
  first = &timer;
  occupied_[level] |= std::uint64_t{1} << slot;
}

void TimerWheel::remove(Timer& timer) noexcept {
  Timer*& first = slots_[timer.slot];
  if (timer.previous != nullptr) {
    timer.previous->next = timer.next;
  } else {
    first = timer.next;
  }
  if (timer.next != nullptr) timer.next->previous = timer.previous;
  if (first == nullptr)
    occupied_[timer.slot / Slots] &= ~(std::uint64_t{1} << (timer.slot % Slots));
  timer.armed = false;
}

TimerWheel::Due TimerWheel::next_due() const noexcept {
  Due due;
  for (std::size_t level = 0; level < Levels; ++level) {
    if (occupied_[level] == 0) continue;
    const unsigned shift = Bits * static_cast<unsigned>(level);
    const std::uint64_t position = now_ >> shift;
    const auto from = static_cast<int>(position & (Slots - 1));
    // Slots behind the hand belong to its next round; only the slowest wheel has such.
    const auto ahead =
        static_cast<std::uint64_t>(std::countr_zero(std::rotr(occupied_[level], from)));
    const std::uint64_t tick = (position + ahead) << shift;
    if (tick < due.tick) due = {level, (position + ahead) & (Slots - 1), tick};
  }
  return due;
}

void TimerWheel::strike(const Due& due) noexcept {
  Timer*& first = slots_[due.level * Slots + due.slot];
  while (first != nullptr) {
    Timer& timer = *first;
    remove(timer);
    const std::uint64_t tick = tick_after(timer.deadline);
    if (tick > now_) {
      insert(timer, tick);
    } else {
      timer.fire(timer);
    }
  }
}

void TimerWheel::advance(Time now) noexcept {
  const std::uint64_t until = tick_at(now);
  for (Due due = next_due(); due.tick <= until; due = next_due()) {
    now_ = std::max(now_, due.tick);
    strike(due);
  }
  now_ = std::max(now_, until);
}

TimerWheel::Time TimerWheel::next() const noexcept {
  const Due due = next_due();
  if (due.level == Levels) return Never;
  return Time(static_cast<std::int64_t>(due.tick << TickBits));
}

}  // namespace portico::loop
