// SPDX-License-Identifier: Apache-2.0
#include "account/even_pace.h"

#include "password/passwords.h"

namespace portico::auth {
namespace {

EvenPace::Clock::duration time_of_a_hash(const Passwords& passwords) {
  const auto began = EvenPace::Clock::now();
  passwords.verify_decoy("measured");
  return EvenPace::Clock::now() - began;
}

}  // namespace

EvenPace::EvenPace(const Passwords& passwords) : EvenPace(time_of_a_hash(passwords) * 8 / 5) {}

void EvenPace::wait(Clock::time_point began) const {
  const auto steps = (Clock::now() - began) / step_ + 1;
  const auto end = began + steps * step_;
  std::unique_lock lock(mutex_);
  never_.wait_until(lock, end, [end] { return Clock::now() >= end; });
}

}  // namespace portico::auth
