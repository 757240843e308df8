// SPDX-License-Identifier: Apache-2.0
// An assignment as decisions read it: of a million users those who ask are in no cache, and most
// have their roles everywhere and for ever. So the numbers of somebody's roles lie side by side,
// and terms are read where there are any.
#pragma once

#include "model/assignment.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Tenure {
 public:
  Tenure() noexcept = default;
  /// Keeps a reference to it.
  explicit Tenure(const Assignment& of) noexcept
      : role_(of.role), terms_(of.always() ? nullptr : &of) {}

  [[nodiscard]] std::int64_t role() const noexcept { return role_; }
  /// Counts whatever the scope and the time.
  [[nodiscard]] bool always() const noexcept { return terms_ == nullptr; }
  [[nodiscard]] bool counts(std::string_view asked, std::chrono::microseconds now) const noexcept {
    return always() || terms_->counts(asked, now);
  }

  /// Says that it is about to be asked whether it counts.
  void expect() const noexcept {
    if (always()) return;
    __builtin_prefetch(terms_);
    __builtin_prefetch(&terms_->expires);
  }

 private:
  std::int64_t role_ = 0;
  const Assignment* terms_ = nullptr;
};
static_assert(sizeof(Tenure) == 16);

/// They live as long as the assignments stay where they are.
[[nodiscard]] inline std::vector<Tenure> tenures_of(std::span<const Assignment> assignments) {
  return {assignments.begin(), assignments.end()};
}

}  // namespace portico::rbac
