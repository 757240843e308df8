// SPDX-License-Identifier: Apache-2.0
// What an RRULE comes to, from its start on. Any thread.
//
// At most the days of a hundred years are looked through, whatever the rule: one that never comes
// ends. Libraries that go on from one minute to the next do not end with FREQ=MINUTELY and February
// 30, nor can they be stopped.
#pragma once

#include "schedule/pattern.h"
#include "schedule/recurrence_rule.h"

#include <chrono>
#include <memory>
#include <optional>

namespace portico::notify::schedule {

/// From the start it takes what the rule leaves open: the time of day, the day of the month. The
/// start itself need not be one of the times. `until`: the last second that counts, beside COUNT.
[[nodiscard]] std::shared_ptr<const Pattern> recurrence_of(
    const RecurrenceRule& rule, std::chrono::local_seconds start,
    std::optional<std::chrono::local_seconds> until);

}  // namespace portico::notify::schedule
