// SPDX-License-Identifier: Apache-2.0
#include "health/vitals.h"

#include <algorithm>

namespace portico::proxy {

bool Vitals::put_out(Time now, Time first, Time longest) noexcept {
  const State before = state();
  if (before == State::Out) return false;
  // Who stayed up for long enough is forgiven.
  const bool again = outage_.load(std::memory_order_relaxed) != 0 && now - back_since() < longest;
  const Time outage = again ? std::min(2 * last_outage(), longest) : std::min(first, longest);
  // Before the state, so that nobody who sees it takes an old end for the new one.
  const Time::rep until = (now + outage).count();
  out_until_.store(until, std::memory_order_relaxed);
  State expected = before;
  if (!state_.compare_exchange_strong(expected, State::Out, std::memory_order_release)) {
    return false;
  }
  outage_.store(outage.count(), std::memory_order_relaxed);
  return true;
}

bool Vitals::bring_back(Time now) noexcept {
  if (!change(State::Out, State::Trial)) return false;
  failures_.store(0, std::memory_order_relaxed);
  back_since_.store(now.count(), std::memory_order_relaxed);
  return true;
}

}  // namespace portico::proxy
