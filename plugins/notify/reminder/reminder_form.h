// SPDX-License-Identifier: Apache-2.0
// Reminders as bodies of requests write them: a message, and when it comes.
#pragma once

#include "message/message_form.h"
#include "schedule/misfire.h"
#include "schedule/schedule.h"
#include "store/reminders.h"
#include <portico/schema.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::notify {

struct ReminderBody : MessageBody {
  std::string at;
  std::string cron;
  std::string rrule;
  std::string starts_at;
  std::string timezone;
  Misfire misfire = Misfire::Once;

  static void describe(Schema<ReminderBody>& s);
  /// What of the row it says; the first time that it comes after `now`. Throws Refusal.
  void write_into(ReminderRow& row, Time now) const;
};

/// Of a row that was written. Throws Refusal where tzdata knows its zone no more.
[[nodiscard]] Schedule schedule_of(const ReminderRow& row);
[[nodiscard]] Misfire misfire_of(std::string_view word);

}  // namespace portico::notify
