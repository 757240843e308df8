// SPDX-License-Identifier: Apache-2.0
#include "base/ids.h"

#include "base/hex.h"
#include "base/random.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace portico::base {
namespace {

constexpr std::uint64_t MicrosecondsOfAMillisecond = 1'000;
/// What the 12 bits behind the milliseconds can say.
constexpr std::uint64_t Steps = std::uint64_t{1} << 12U;

}  // namespace

std::uint64_t Ids::next_moment() noexcept {
  const auto now =
      static_cast<std::uint64_t>(std::max<std::int64_t>(clock_.unix_time().count(), 0));
  const std::uint64_t moment =
      now / MicrosecondsOfAMillisecond * Steps +
      now % MicrosecondsOfAMillisecond * Steps / MicrosecondsOfAMillisecond;
  std::uint64_t last = last_.load(std::memory_order_relaxed);
  std::uint64_t next = 0;
  do {
    next = std::max(moment, last + 1);
  } while (!last_.compare_exchange_weak(last, next, std::memory_order_relaxed));
  return next;
}

std::string Ids::next() {
  std::array<std::byte, 16> bytes{};
  fill_random(std::span(bytes).subspan(8));
  const std::uint64_t moment = next_moment();
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::byte>(moment >> (52 - 8 * i));
  bytes[6] = static_cast<std::byte>(0x70U | (moment >> 8U & 0x0fU));
  bytes[7] = static_cast<std::byte>(moment);
  bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
  std::string id = hex(bytes);
  for (const std::size_t place : {8U, 13U, 18U, 23U}) id.insert(place, 1, '-');
  return id;
}

}  // namespace portico::base
