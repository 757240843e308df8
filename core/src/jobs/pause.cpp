// SPDX-License-Identifier: Apache-2.0
#include "jobs/pause.h"

#include "base/random.h"

#include <algorithm>
#include <span>

namespace portico::jobs {

std::chrono::microseconds longest_pause(const JobPolicy& policy, std::uint32_t attempt) noexcept {
  const std::uint64_t number = std::max(attempt, 1U);
  if (!policy.pauses.empty()) {
    return policy.pauses[std::min<std::size_t>(number, policy.pauses.size()) - 1];
  }
  constexpr std::chrono::seconds Day = std::chrono::hours(24);
  const std::uint64_t capped = std::min<std::uint64_t>(number, 100);
  return std::min(std::chrono::seconds(capped * capped * capped * capped), Day);
}

std::chrono::microseconds pause_behind(const JobPolicy& policy, std::uint32_t attempt) {
  std::uint32_t number = 0;
  base::fill_random(std::as_writable_bytes(std::span(&number, 1)));
  const std::chrono::duration<double, std::micro> longest = longest_pause(policy, attempt);
  return std::chrono::duration_cast<std::chrono::microseconds>(longest * (number / 4294967296.0));
}

}  // namespace portico::jobs
