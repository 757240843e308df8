// SPDX-License-Identifier: Apache-2.0
// So many at the same time. The state is how many there are.
#pragma once

#include "limits/bucket.h"

#include <cstdint>

namespace portico::ratelimit {

class Concurrency {
 public:
  static constexpr std::uint32_t MostLimit = 10'000'000;

  explicit Concurrency(std::uint32_t limit) noexcept : limit_(limit) {}

  [[nodiscard]] Taken take(Word word, std::uint32_t cost) const noexcept {
    const std::uint32_t room = word < limit_ ? limit_ - static_cast<std::uint32_t>(word) : 0;
    // Nobody knows when one of them ends; a second is the least that can be said.
    if (cost > room) return {word, {.allowed = false, .remaining = room, .retry = Second}};
    return {word + cost, {.allowed = true, .remaining = room - cost}};
  }
  [[nodiscard]] static Word give_back(Word word, std::uint32_t cost) noexcept {
    return word > cost ? word - cost : 0;
  }

 private:
  std::uint32_t limit_;
};

}  // namespace portico::ratelimit
