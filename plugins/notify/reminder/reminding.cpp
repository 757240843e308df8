// SPDX-License-Identifier: Apache-2.0
#include "reminder/reminding.h"

#include "reminder/reminder_form.h"
#include "shared/refusal.h"

#include <algorithm>
#include <stdexcept>

namespace portico::notify {
namespace {

/// Of `all` that was missed, so many at a time.
constexpr std::size_t MostAtOnce = 100;

}  // namespace

void ReminderJob::describe(Schema<ReminderJob>& s) {
  s.summary("A reminder that is due.");
  s.field("reminder", &ReminderJob::reminder, "Which.").required();
}

void Reminding::plan(Transaction& db, ReminderRow& row) const {
  row.job.reset();
  if (!row.active || !row.next) return;
  const std::string payload = "{\"reminder\":\"" + row.id + "\"}";
  row.job = jobs_.enqueue(db, {.kind = Work, .payload = payload, .at = *row.next});
}

void Reminding::forget(Transaction& db, ReminderRow& row) const {
  if (row.job) (void)jobs_.cancel(db, *row.job);
  row.job.reset();
}

/// Done twice, it finds that the time has been dealt with.
void Reminding::work(Job job) const {
  const std::string id = job.payload_as<ReminderJob>().reminder;
  sql_.write([&](Transaction& db) {
    auto row = reminders::find(db, id);
    // One that was changed meanwhile has another job.
    if (!row || !row->active || row->job != job.id()) return;
    remind(db, *row);
    reminders::advance(db, *row);
  });
  job.done();
}

void Reminding::remind(Transaction& db, ReminderRow& row) const {
  const Time now = host_.unix_time();
  if (!owners_.may(db, row.owner, Permission)) {
    host_.log(Level::Info, "the reminder " + row.id + " ends: its owner may have none any more");
    row.active = false;
    return;
  }
  // The first time of one that has not fired is itself to come.
  const Time last = row.last.value_or(std::min(row.next.value_or(now), now) - Time(1));
  Due found;
  try {
    found = due(schedule_of(row), last, now, misfire_of(row.misfire), MostAtOnce);
  } catch (const Refusal& refusal) {
    host_.log(Level::Error, "the reminder " + row.id + " ends: " + refusal.what());
    row.active = false;
    return;
  }
  for (const Time time : found.fire) say(db, row, time);
  const bool cut = found.next && *found.next <= now && !found.fire.empty();
  row.last = cut ? found.fire.back() : now;
  row.next = found.next;
  row.active = found.next.has_value();
  plan(db, row);
}

void Reminding::say(Transaction& db, const ReminderRow& row, Time time) const {
  try {
    Draft draft = from_json<ReminderBody>(row.message).draft(row.owner);
    // Told twice, it is said once.
    draft.dedupe = "reminder/" + row.id + "/" + std::to_string(time.count());
    (void)acceptance_.accept(db, draft);
  } catch (const Refusal& refusal) {
    host_.log(Level::Warning, "a reminder is not sent (" + row.id + "): " + refusal.what());
  } catch (const std::invalid_argument& fault) {
    host_.log(Level::Warning, "a reminder is not sent (" + row.id + "): " + fault.what());
  }
  host_.publish(db, "notify.reminder_due", row.id, {{"reminder", row.id}, {"owner", row.owner}});
}

}  // namespace portico::notify
