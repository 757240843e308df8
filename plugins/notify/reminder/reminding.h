// SPDX-License-Identifier: Apache-2.0
// Sends what reminders are due: one job for each reminder, at its next time.
#pragma once

#include "message/acceptance.h"
#include "message/owners.h"
#include "store/reminders.h"
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/schema.h>
#include <portico/sql.h>

#include <string>

namespace portico::notify {

/// What the job carries.
struct ReminderJob {
  std::string reminder;

  static void describe(Schema<ReminderJob>& s);
};

class Reminding {
 public:
  static constexpr std::string_view Work = "reminder";
  /// What it takes to make one.
  static constexpr std::string_view Permission = "notify:reminders:write";

  Reminding(const Acceptance& acceptance, Jobs& jobs, Host& host, Sql& sql, const Owners& owners)
      : acceptance_(acceptance), jobs_(jobs), host_(host), sql_(sql), owners_(owners) {}

  /// For its next time; nothing where none is to come.
  void plan(Transaction& db, ReminderRow& row) const;
  /// Takes the plan back.
  void forget(Transaction& db, ReminderRow& row) const;
  void work(Job job) const;

 private:
  void remind(Transaction& db, ReminderRow& row) const;
  void say(Transaction& db, const ReminderRow& row, Time time) const;

  const Acceptance& acceptance_;
  Jobs& jobs_;
  Host& host_;
  Sql& sql_;
  const Owners& owners_;
};

}  // namespace portico::notify
