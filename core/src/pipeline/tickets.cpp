// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tickets.h"

namespace portico::pipeline {

std::uint32_t Tickets::open(Driver& driver) {
  if (free_ == NoSlot) {
    slots_.push_back({&driver, 0, NoSlot});
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }
  const std::uint32_t slot = free_;
  free_ = slots_[slot].next_free;
  slots_[slot].driver = &driver;
  return slot;
}

void Tickets::close(std::uint32_t slot) noexcept {
  // The generation stays with the slot: tickets of its last holder remain stale for the next one.
  ++slots_[slot].generation;
  slots_[slot].driver = nullptr;
  slots_[slot].next_free = free_;
  free_ = slot;
}

Driver* Tickets::find(std::uint32_t slot, std::uint32_t generation) const noexcept {
  return slots_[slot].generation == generation ? slots_[slot].driver : nullptr;
}

}  // namespace portico::pipeline
