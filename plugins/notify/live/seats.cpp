// SPDX-License-Identifier: Apache-2.0
#include "live/seats.h"

namespace portico::notify {

Seat::~Seat() {
  if (seats_ != nullptr) seats_->give_back(user_);
}

std::variant<Seat, Seats::Shortage> Seats::take(const std::string& user) {
  const std::lock_guard lock(mutex_);
  if (taken_ >= limits_.all) return Shortage::All;
  std::size_t& own = of_user_[user];
  if (own >= limits_.of_user) return Shortage::OfUser;
  ++own;
  ++taken_;
  return Seat(shared_from_this(), user);
}

std::size_t Seats::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

void Seats::give_back(const std::string& user) noexcept {
  const std::lock_guard lock(mutex_);
  --taken_;
  const auto own = of_user_.find(user);
  if (--own->second == 0) of_user_.erase(own);
}

}  // namespace portico::notify
