// SPDX-License-Identifier: Apache-2.0
// Which wait of which exchange a `Ticket` names. Slots are used again; their generation moves on
// with every wait that begins or ends, so that a stale ticket finds nothing. One table per loop,
// used on that loop's thread alone.
#pragma once

#include <cstdint>
#include <vector>

namespace portico::pipeline {

class Driver;

class Tickets {
 public:
  /// A slot for an exchange.
  [[nodiscard]] std::uint32_t open(Driver& driver);
  /// Makes every ticket of the slot stale and gives the slot back.
  void close(std::uint32_t slot) noexcept;
  /// Makes every ticket of the slot stale; returns the generation of the next one.
  std::uint32_t renew(std::uint32_t slot) noexcept { return ++slots_[slot].generation; }
  /// The driver whose present wait it is, or null.
  [[nodiscard]] Driver* find(std::uint32_t slot, std::uint32_t generation) const noexcept;

 private:
  static constexpr std::uint32_t NoSlot = ~std::uint32_t{0};
  struct Slot {
    Driver* driver;
    std::uint32_t generation;
    std::uint32_t next_free;
  };

  std::vector<Slot> slots_;
  std::uint32_t free_ = NoSlot;
};

}  // namespace portico::pipeline
