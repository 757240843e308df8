// SPDX-License-Identifier: Apache-2.0
#include "health/breaker.h"

#include <algorithm>

namespace portico::proxy {

bool Breaker::admit(Time now, const Limits& limits) noexcept {
  State seen = state();
  if (seen == State::Closed) return true;
  if (now >= until()) {
    // A trial whose requests never ended goes on with others.
    if (seen == State::HalfOpen) {
      grant(now, limits);
    } else if (state_.compare_exchange_strong(seen, State::HalfOpen, std::memory_order_acq_rel)) {
      successes_.store(0, std::memory_order_relaxed);
      grant(now, limits);
    }
  }
  if (state() == State::Closed) return true;
  return state() == State::HalfOpen && permits_.fetch_sub(1, std::memory_order_relaxed) > 0;
}

void Breaker::grant(Time now, const Limits& limits) noexcept {
  until_.store((now + limits.open).count(), std::memory_order_relaxed);
  permits_.store(limits.trials, std::memory_order_relaxed);
}

Breaker::Turned Breaker::record(Time now, bool failed, const Limits& limits) noexcept {
  switch (state()) {
    case State::Closed: return record_closed(now, failed, limits);
    case State::HalfOpen: return record_trial(now, failed, limits);
    case State::Open: break;  // It was sent before that.
  }
  return Turned::No;
}

Breaker::Turned Breaker::record_closed(Time now, bool failed, const Limits& limits) noexcept {
  const Time::rep width = std::max<Time::rep>(limits.window.count() / Time::rep{Slices}, 1);
  const std::int64_t number = now.count() / width;
  Slice& slice = slices_[static_cast<std::size_t>(number) % Slices];
  std::int64_t seen = slice.number.load(std::memory_order_relaxed);
  // What another loop counts in the same moment may be lost; a share bears that.
  if (seen != number && slice.number.compare_exchange_strong(seen, number)) {
    slice.requests.store(0, std::memory_order_relaxed);
    slice.failures.store(0, std::memory_order_relaxed);
  }
  slice.requests.fetch_add(1, std::memory_order_relaxed);
  if (!failed) return Turned::No;
  slice.failures.fetch_add(1, std::memory_order_relaxed);
  const bool opens = too_many(number, limits) && open(State::Closed, now, limits);
  return opens ? Turned::Opened : Turned::No;
}

bool Breaker::too_many(std::int64_t number, const Limits& limits) const noexcept {
  std::uint64_t requests = 0;
  std::uint64_t failures = 0;
  for (const Slice& slice : slices_) {
    const std::int64_t age = number - slice.number.load(std::memory_order_relaxed);
    if (age < 0 || age >= std::int64_t{Slices}) continue;
    requests += slice.requests.load(std::memory_order_relaxed);
    failures += slice.failures.load(std::memory_order_relaxed);
  }
  return requests >= limits.requests && failures * 100 >= requests * limits.errors;
}

Breaker::Turned Breaker::record_trial(Time now, bool failed, const Limits& limits) noexcept {
  if (failed) return open(State::HalfOpen, now, limits) ? Turned::Opened : Turned::No;
  const std::uint32_t count = successes_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (count < limits.trials) return Turned::No;
  State expected = State::HalfOpen;
  if (!state_.compare_exchange_strong(expected, State::Closed, std::memory_order_acq_rel)) {
    return Turned::No;
  }
  return Turned::Closed;
}

bool Breaker::open(State from, Time now, const Limits& limits) noexcept {
  until_.store((now + limits.open).count(), std::memory_order_relaxed);
  if (!state_.compare_exchange_strong(from, State::Open, std::memory_order_acq_rel)) return false;
  // What was counted has had its effect.
  for (Slice& slice : slices_) slice.number.store(Never, std::memory_order_relaxed);
  return true;
}

}  // namespace portico::proxy
