// SPDX-License-Identifier: Apache-2.0
// How long a job waits before it is tried again.
#pragma once

#include <portico/jobs.h>

#include <chrono>
#include <cstdint>

namespace portico::jobs {

/// The longest pause behind that attempt: the policy's own, or as many seconds as the fourth power
/// of the attempt, a day at most.
[[nodiscard]] std::chrono::microseconds longest_pause(const JobPolicy& policy,
                                                      std::uint32_t attempt) noexcept;
/// Between none and that, by chance: many that failed together do not come again together.
[[nodiscard]] std::chrono::microseconds pause_behind(const JobPolicy& policy,
                                                     std::uint32_t attempt);

}  // namespace portico::jobs
