// SPDX-License-Identifier: Apache-2.0
#include "gate/known_users.h"

#include <algorithm>
#include <bit>
#include <new>

#include <sys/mman.h>

namespace portico::rbac {

// Twice as many places as users: of a table that is half full, hardly anybody finds all eight
// taken.
KnownUsers::KnownUsers(std::size_t users, Holdings& holdings)
    : holdings_(holdings),
      set_mask_(std::bit_ceil(std::max<std::size_t>(users * 2 / Ways, 1)) - 1),
      places_(map((set_mask_ + 1) * Ways)) {}

KnownUsers::~KnownUsers() = default;

// In large pages where the kernel has them: with a million users each look would otherwise miss
// the processor's table of pages as well.
std::unique_ptr<KnownUsers::Place[], KnownUsers::Unmap> KnownUsers::map(std::size_t places) {
  const std::size_t size = places * sizeof(Place);
  void* const memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  static_cast<void>(::madvise(memory, size, MADV_HUGEPAGE));
  return {static_cast<Place*>(memory), Unmap{size}};
}

void KnownUsers::Unmap::operator()(Place* places) const noexcept {
  static_cast<void>(::munmap(places, size));
}

KnownUsers::Place* KnownUsers::place_in(Set set, const UserKey& user) noexcept {
  for (Place& place : set) {
    if (place.held != nullptr && place.user == user) return &place;
  }
  return nullptr;
}

KnownUsers::Place* KnownUsers::place_of(const UserKey& user) const noexcept {
  Place* const place = place_in(set(user.first), user);
  return place != nullptr ? place : place_in(set(user.second), user);
}

KnownUsers::Place& KnownUsers::make_room(const UserKey& user) const noexcept {
  Place* oldest = nullptr;
  for (const std::uint64_t hash : {user.first, user.second}) {
    for (Place& place : set(hash)) {
      if (place.held == nullptr) return place;
      if (oldest == nullptr || clock_ - place.asked > clock_ - oldest->asked) oldest = &place;
    }
  }
  return *oldest;
}

Holding* KnownUsers::find(const UserKey& user, std::uint32_t edition) noexcept {
  Place* const place = place_of(user);
  if (place == nullptr || place->edition != edition) return nullptr;
  place->asked = ++clock_;
  return &place->held->holding;
}

Holding& KnownUsers::insert(const UserKey& user, std::uint32_t edition,
                            const std::vector<Assignment>& assignments) {
  Holdings::Shared& held = holdings_.hold(assignments);
  Place* const theirs = place_of(user);
  Place& place = theirs != nullptr ? *theirs : make_room(user);
  if (place.held != nullptr) holdings_.release(*place.held);
  place = {.user = user, .held = &held, .edition = edition, .asked = ++clock_};
  return held.holding;
}

}  // namespace portico::rbac
