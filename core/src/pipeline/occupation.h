// SPDX-License-Identifier: Apache-2.0
// Whose function a thread is in: written by that thread, read by the watchdog on another one, and
// by the report of a crash. Two relaxed stores for each call of a plugin.
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

  /// Makes `occupation` that of this thread, as long as it lives.
  class Here {
   public:
    explicit Here(const Occupation& occupation) noexcept;
    Here(const Here&) = delete;
    Here& operator=(const Here&) = delete;
    ~Here();
  };
  /// Of this thread; null where it calls no plugins. Safe in a signal's handler.
  [[nodiscard]] static const Occupation* of_thread() noexcept;

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
