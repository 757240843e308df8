// SPDX-License-Identifier: Apache-2.0
#include "reminder/reminder_form.h"

#include "shared/refusal.h"
#include "shared/time_text.h"

#include <variant>

namespace portico::notify {
namespace {

constexpr Time Furthest = std::chrono::days(366);

Refusal bad(std::string field, std::string sentence) {
  return Refusal::of_field("/" + std::move(field), "bad_schedule", std::move(sentence));
}

Time time_of_field(const std::string& text, std::string_view name) {
  const auto time = parse_time(text);
  if (time) return *time;
  throw bad(std::string(name), "`" + std::string(name) + "` is a time like 2026-01-31T09:05:00Z.");
}

std::string_view word_of(Misfire misfire) {
  switch (misfire) {
    case Misfire::Skip: return "skip";
    case Misfire::All: return "all";
    case Misfire::Once: break;
  }
  return "once";
}

Schedule or_refuse(std::variant<Schedule, ScheduleFault>&& made, std::string_view field) {
  if (const auto* const fault = std::get_if<ScheduleFault>(&made)) {
    throw bad(std::string(field), fault->sentence);
  }
  return std::get<Schedule>(std::move(made));
}

}  // namespace

void ReminderBody::describe(Schema<ReminderBody>& s) {
  s.summary("A message that comes at its times: `at`, `cron` or `rrule`.");
  describe_message(s);
  s.field("at", &ReminderBody::at, "Once, at that time.").max(40);
  s.field("cron", &ReminderBody::cron, "By a line of cron: \"0 9 * * mon\".").max(200);
  s.field("rrule", &ReminderBody::rrule, "By a rule of RFC 5545: \"FREQ=WEEKLY;BYDAY=MO\".")
      .max(500);
  s.field("starts_at", &ReminderBody::starts_at, "Of a rule: its first time; now otherwise.")
      .max(40);
  s.field("timezone", &ReminderBody::timezone, "By whose clock: \"Europe/Vienna\".").max(64);
  s.field("misfire", &ReminderBody::misfire, "What becomes of times at which nobody was there.")
      .names({{"skip", Misfire::Skip}, {"once", Misfire::Once}, {"all", Misfire::All}});
}

void ReminderBody::write_into(ReminderRow& row, Time now) const {
  const int ways = (at.empty() ? 0 : 1) + (cron.empty() ? 0 : 1) + (rrule.empty() ? 0 : 1);
  if (ways != 1) throw bad("at", "Write one of `at`, `cron` and `rrule`.");
  if (at.empty() && !zone_known(timezone)) {
    throw bad("timezone", "`timezone` is a zone of tzdata, like Europe/Vienna.");
  }
  row.kind = !at.empty() ? "once" : !cron.empty() ? "cron" : "rrule";
  row.rule = !at.empty() ? at : !cron.empty() ? cron : rrule;
  row.starts = starts_at.empty() ? now : time_of_field(starts_at, "starts_at");
  row.timezone = timezone;
  row.misfire = word_of(misfire);
  // What the rule before this one has done says nothing of when this one was missed.
  row.last.reset();
  row.next = schedule_of(row).next_after(row.kind == "once" ? now - Time(1) : now);
  row.active = row.next.has_value();
  if (!row.next) throw bad(row.kind == "once" ? "at" : row.kind, "It never comes.");
  if (row.kind == "once" && *row.next > now + Furthest) {
    throw bad("at", "`at` is within a year from now.");
  }
}

Schedule schedule_of(const ReminderRow& row) {
  if (row.kind == "once") return Schedule::once(time_of_field(row.rule, "at"));
  if (row.kind == "cron") return or_refuse(Schedule::cron(row.rule, row.timezone), "cron");
  return or_refuse(Schedule::rrule(row.rule, row.starts, row.timezone), "rrule");
}

Misfire misfire_of(std::string_view word) {
  if (word == "skip") return Misfire::Skip;
  return word == "all" ? Misfire::All : Misfire::Once;
}

}  // namespace portico::notify
