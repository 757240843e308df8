// SPDX-License-Identifier: Apache-2.0
// Messages that come at their times. Within somebody's transaction.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

struct ReminderRow {
  std::string id;
  std::string owner;
  std::string kind;  ///< "once", "cron", "rrule".
  std::string rule;
  Time starts{0};
  std::string timezone;
  std::string misfire;  ///< "skip", "once", "all".
  std::string message;  ///< The body that it was made by.
  bool active = true;   ///< More is to come.
  std::optional<Time> next;
  std::optional<Time> last;
  std::optional<std::string> job;
  Time created{0};
  std::int64_t row_version = 1;
};

namespace reminders {

void add(Transaction& db, const ReminderRow& row);
[[nodiscard]] std::optional<ReminderRow> find(Reader& db, std::string_view id);
[[nodiscard]] std::vector<ReminderRow> of(Reader& db, std::string_view owner,
                                          const std::optional<std::string>& before,
                                          std::size_t limit);
/// All of it; raises `row_version`.
void update(Transaction& db, const ReminderRow& row);
/// What firing has changed.
void advance(Transaction& db, const ReminderRow& row);
void remove(Transaction& db, std::string_view id);

}  // namespace reminders
}  // namespace portico::notify
