// SPDX-License-Identifier: Apache-2.0
// From a text, below one of many owners, to a number: the literal children of every node of the
// route tree in one open-addressed table. Filled while the table is built; lookups allocate
// nothing and touch one cache line for a short text. The texts are the operator's, so nobody can
// crowd one bucket; what a client asks for is compared by a hash of all its bytes first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

class TextIndex {
 public:
  static constexpr std::uint32_t Absent = ~std::uint32_t{0};

  /// Requires that the pair is new and that `value` is not Absent.
  void add(std::uint32_t owner, std::string_view text, std::uint32_t value);
  [[nodiscard]] std::uint32_t find(std::uint32_t owner, std::string_view text) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  /// Length of the longest text. A longer one is in no entry.
  [[nodiscard]] std::size_t longest() const noexcept { return longest_; }

 private:
  static constexpr std::size_t Prefix = 12;

  struct alignas(32) Slot {
    std::uint32_t hash = 0;
    std::uint32_t owner = 0;
    std::uint32_t value = Absent;  // Absent: the slot is free.
    std::uint32_t size = 0;
    std::array<char, Prefix> prefix{};
    std::uint32_t tail = 0;  // Where in `tails_` a text goes on after its prefix.
  };

  [[nodiscard]] bool holds(const Slot& slot, std::uint32_t owner,
                           std::string_view text) const noexcept;
  void place(const Slot& slot) noexcept;
  void grow();

  std::vector<Slot> slots_;  // A power of two, at most half of them taken.
  std::string tails_;
  std::size_t count_ = 0;
  std::size_t longest_ = 0;
};

}  // namespace portico::routing
