// SPDX-License-Identifier: Apache-2.0
#include "gate/known_users.h"

#include <algorithm>
#include <bit>
#include <new>
#include <span>

namespace portico::rbac {

// Twice as many places as users: of a table that is half full, few users find their four taken.
KnownUsers::KnownUsers(std::size_t users, Holdings& holdings)
    : holdings_(holdings),
      set_mask_(std::bit_ceil(std::max<std::size_t>(users * 2 / Ways, 1)) - 1),
      // Zeroed by the kernel when it is touched, and not before.
      places_(static_cast<Place*>(std::calloc((set_mask_ + 1) * Ways, sizeof(Place)))) {
  if (places_ == nullptr) throw std::bad_alloc();
}

KnownUsers::~KnownUsers() = default;

Holding* KnownUsers::find(const UserKey& user, std::uint32_t edition) noexcept {
  for (Place& place : std::span(places_of(user), Ways)) {
    if (place.held == nullptr || !(place.user == user)) continue;
    if (place.edition != edition) return nullptr;
    place.asked = ++clock_;
    return &place.held->holding;
  }
  return nullptr;
}

Holding& KnownUsers::insert(const UserKey& user, std::uint32_t edition,
                            const std::vector<Assignment>& assignments) {
  Holdings::Shared& held = holdings_.hold(assignments);
  const std::span places(places_of(user), Ways);
  const auto theirs = std::ranges::find_if(
      places, [&](const Place& place) { return place.held != nullptr && place.user == user; });
  const auto age = [this](const Place& place) {
    return place.held == nullptr ? UINT32_MAX : clock_ - place.asked;
  };
  Place& place = theirs != places.end() ? *theirs : *std::ranges::max_element(places, {}, age);
  if (place.held != nullptr) holdings_.release(*place.held);
  place = {.user = user, .held = &held, .edition = edition, .asked = ++clock_};
  return held.holding;
}

}  // namespace portico::rbac
