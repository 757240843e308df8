// SPDX-License-Identifier: Apache-2.0
#include "throttle/in_flight.h"

namespace portico::auth::throttle {

std::optional<InFlight::Place> InFlight::enter(const LoginTry& login, std::int64_t most) {
  const std::lock_guard lock(mutex_);
  std::int64_t& held = held_[login.pair()];
  if (held >= most) return std::nullopt;
  ++held;
  return Place(*this, login.pair());
}

void InFlight::leave(const TallyKey& key) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(key);
  if (--found->second == 0) held_.erase(found);
}

}  // namespace portico::auth::throttle
