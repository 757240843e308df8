// SPDX-License-Identifier: Apache-2.0
// Whose function a loop's thread is in: written by the loop, read by its watchdog on another
// thread. Two relaxed stores for each call of a plugin.
#pragma once

#include "pipeline/journal.h"

#include <atomic>
#include <cstdint>
#include <optional>

namespace portico::pipeline {

class Occupation {
 public:
  struct Call {
    std::uint16_t plugin;
    Turn turn;
  };

  void enter(std::uint16_t plugin, Turn turn) noexcept {
    const auto call = (std::uint32_t{plugin} << 8U) | static_cast<std::uint32_t>(turn);
    call_.store(call, std::memory_order_relaxed);
  }
  void leave() noexcept { call_.store(Nobody, std::memory_order_relaxed); }
  /// Nothing while core's own code runs.
  [[nodiscard]] std::optional<Call> call() const noexcept {
    const std::uint32_t call = call_.load(std::memory_order_relaxed);
    if (call == Nobody) return std::nullopt;
    return Call{static_cast<std::uint16_t>(call >> 8U), static_cast<Turn>(call & 0xFFU)};
  }

 private:
  static constexpr std::uint32_t Nobody = ~std::uint32_t{0};
  std::atomic<std::uint32_t> call_{Nobody};
};

}  // namespace portico::pipeline
