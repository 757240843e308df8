// SPDX-License-Identifier: Apache-2.0
// Whether what a cache holds of a user is still so: one number for each stripe of users, which
// rises when the roles of one of them change. A cache writes down the number from before it asked
// the database, and believes the answer for as long as the number stays. Any thread, without a
// lock.
#pragma once

#include "gate/user_key.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace portico::rbac {

class Editions {
 public:
  [[nodiscard]] std::uint32_t of(const UserKey& user) const noexcept {
    return stripe(user).load(std::memory_order_acquire);
  }
  /// What was known of that user, and of some others, counts no longer.
  void end(const UserKey& user) noexcept { stripe(user).fetch_add(1, std::memory_order_release); }
  /// The same of everybody.
  void end_all() noexcept {
    for (std::size_t i = 0; i < Stripes; ++i) stripes_[i].fetch_add(1, std::memory_order_release);
  }

 private:
  /// So many that a change makes few others be asked about again: of a million users, sixteen.
  static constexpr std::size_t Stripes = std::size_t{1} << 16U;

  [[nodiscard]] std::atomic<std::uint32_t>& stripe(const UserKey& user) const noexcept {
    return stripes_[user.second % Stripes];
  }

  const std::unique_ptr<std::atomic<std::uint32_t>[]> stripes_ =
      std::make_unique<std::atomic<std::uint32_t>[]>(Stripes);
};

}  // namespace portico::rbac
