// SPDX-License-Identifier: Apache-2.0
// From things to the numbers that they were given: one open-addressed table of 8-byte slots. It
// keeps a hash of each thing and not the thing: whoever asks says whether a number is that of what
// was asked for. Filled while a book is compiled; lookups allocate nothing, and any thread may.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Lookup {
 public:
  static constexpr std::uint32_t None = ~std::uint32_t{0};

  Lookup() : slots_(Fewest) {}

  [[nodiscard]] static std::uint64_t hash(std::string_view text) noexcept {
    return mixed(std::hash<std::string_view>{}(text));
  }
  [[nodiscard]] static std::uint64_t hash(std::uint64_t number) noexcept { return mixed(number); }

  /// The first number of that hash of which `same(number)` is true; else None.
  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, Same&& same) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = home(hash);; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.number == None) return None;
      if (slot.mark == mark(hash) && same(slot.number)) return slot.number;
    }
  }

  /// Requires that nothing the same was added before, and that `number` is not None.
  void add(std::uint64_t hash, std::uint32_t number) {
    if (4 * ++count_ > 3 * slots_.size()) grow();
    place({mark(hash), number});
  }

 private:
  static constexpr std::size_t Fewest = 16;

  struct Slot {
    std::uint32_t mark = 0;  // The upper half of the hash, of which the place is the upper part.
    std::uint32_t number = None;
  };

  static constexpr std::uint64_t mixed(std::uint64_t number) noexcept {
    return number * 0x9e3779b97f4a7c15U;
  }
  static constexpr std::uint32_t mark(std::uint64_t hash) noexcept {
    return static_cast<std::uint32_t>(hash >> 32U);
  }
  [[nodiscard]] std::size_t home(std::uint64_t hash) const noexcept {
    return mark(hash) >> (33 - std::bit_width(slots_.size()));
  }
  void place(const Slot& slot) noexcept {
    std::size_t at = home(std::uint64_t{slot.mark} << 32U);
    while (slots_[at].number != None) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != None) place(slot);
    }
  }

  std::vector<Slot> slots_;  // A power of two, at most three quarters of them taken.
  std::size_t count_ = 0;
};

}  // namespace portico::rbac
