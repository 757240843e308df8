// SPDX-License-Identifier: Apache-2.0
// A line of cron and an RRULE of any bytes: what is refused says why in a sentence; what is
// accepted comes at times that ascend, in a zone with summer time, and soon.
#include "schedule/misfire.h"
#include "schedule/quiet_hours.h"
#include "schedule/schedule.h"
#include "schedule/zone.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <variant>

namespace {

using namespace portico::notify;
using std::chrono::microseconds;

void expect(bool holds) {
  if (!holds) std::abort();
}

void try_out(const std::variant<Schedule, ScheduleFault>& made, microseconds from) {
  if (const auto* const fault = std::get_if<ScheduleFault>(&made)) {
    expect(fault->sentence.ends_with('.'));
    return;
  }
  const auto& schedule = std::get<Schedule>(made);
  auto time = from;
  for (int i = 0; i < 20; ++i) {
    const auto next = schedule.next_after(time);
    if (!next) break;
    expect(*next > time);
    // Nothing lies between.
    expect(schedule.next_after(*next - microseconds(1)) == next);
    time = *next;
  }
  for (const Misfire rule : {Misfire::Skip, Misfire::Once, Misfire::All}) {
    const Due found = due(schedule, from, time, rule, 5);
    expect(found.fire.size() <= 5);
    for (const microseconds each : found.fire) expect(each > from && each <= time);
  }
  (void)schedule.next_after(microseconds::min());
  (void)schedule.next_after(microseconds::max());
}

void try_quiet_hours(std::string_view text, microseconds time) {
  if (text.size() < 10) return;
  const auto made = QuietHours::parse(text.substr(0, 5), text.substr(5, 5), "Australia/Lord_Howe");
  if (const auto* const hours = std::get_if<QuietHours>(&made)) {
    const microseconds next = hours->next_allowed(time);
    expect(next >= time && hours->allows(next));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Two bytes choose the week of the start, between 1970 and 2600.
  if (size < 2) return 0;
  const unsigned week = (data[0] | static_cast<unsigned>(data[1]) << 8U) / 2U;
  const microseconds from = std::chrono::weeks(week) + std::chrono::minutes(week % 10'000U);
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  try_out(Schedule::cron(text, "Europe/Berlin"), from);
  try_out(Schedule::rrule(text, from, "America/New_York"), from);
  try_quiet_hours(text, from);
  (void)zone_known(text);
  (void)schedule::Zone::read(text);
  return 0;
}
