// SPDX-License-Identifier: Apache-2.0
#include "schedule/schedule.h"

#include "schedule/cron.h"
#include "schedule/recurrence.h"
#include "schedule/zone.h"

#include <algorithm>
#include <utility>

namespace portico::notify {
namespace {

using namespace std::chrono;

constexpr sys_seconds Earliest = sys_days(1900y / 1 / 1);
constexpr sys_seconds Latest = sys_days(9000y / 1 / 1);
constexpr sys_seconds EarliestStart = sys_days(1970y / 1 / 1);
constexpr sys_seconds LatestStart = sys_days(3000y / 1 / 1);

ScheduleFault unknown_zone() {
  return {"There is no such zone of time; write one such as Europe/Berlin or UTC."};
}

local_seconds shown(const schedule::Zone& zone, const schedule::RecurrenceRule::Until& until) {
  return until.local ? local_seconds(until.time) : zone.shown(sys_seconds(until.time));
}

}  // namespace

bool zone_known(std::string_view name) { return schedule::Zone::find(name) != nullptr; }

Schedule Schedule::once(microseconds time) {
  Schedule made;
  made.once_ = time;
  return made;
}

std::variant<Schedule, ScheduleFault> Schedule::cron(std::string_view line, std::string_view zone) {
  Schedule made;
  made.zone_ = schedule::Zone::find(zone);
  if (made.zone_ == nullptr) return unknown_zone();
  auto parsed = schedule::Cron::parse(line);
  if (auto* const fault = std::get_if<ScheduleFault>(&parsed)) return std::move(*fault);
  made.pattern_ = std::make_shared<const schedule::Cron>(std::get<schedule::Cron>(parsed));
  return made;
}

std::variant<Schedule, ScheduleFault> Schedule::rrule(std::string_view text, microseconds start,
                                                      std::string_view zone) {
  Schedule made;
  made.zone_ = schedule::Zone::find(zone);
  if (made.zone_ == nullptr) return unknown_zone();
  auto parsed = schedule::RecurrenceRule::parse(text);
  if (auto* const fault = std::get_if<ScheduleFault>(&parsed)) return std::move(*fault);
  const sys_seconds begin(floor<seconds>(start));
  if (begin < EarliestStart || begin >= LatestStart) {
    return ScheduleFault{"The start of the rule is in the years 1970 to 2999."};
  }
  const auto& rule = std::get<schedule::RecurrenceRule>(parsed);
  std::optional<local_seconds> until;
  if (rule.until) until = shown(*made.zone_, *rule.until);
  const local_seconds first = made.zone_->shown(begin);
  made.pattern_ = schedule::recurrence_of(rule, first, until);
  if (!made.pattern_->next(first)) return ScheduleFault{"The rule never comes."};
  return made;
}

std::optional<microseconds> Schedule::next_after(microseconds time) const {
  if (pattern_ == nullptr) return time < once_ ? std::optional(once_) : std::nullopt;
  const sys_seconds after = std::max(sys_seconds(floor<seconds>(time)), Earliest);
  if (after >= Latest) return std::nullopt;
  const auto found = next_time(*pattern_, *zone_, after);
  if (!found) return std::nullopt;
  return found->time_since_epoch();
}

}  // namespace portico::notify
