// SPDX-License-Identifier: Apache-2.0
// The rows of `portico_outbox` (sql/outbox.h), for who tells of them.
#pragma once

#include "jobs/job_rows.h"
#include "sql/options.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::jobs {

struct TakenEvent {
  std::int64_t seq;
  std::string id;
  std::string source;
  std::string name;
  std::string key;
  std::string payload;
  Time created;
  std::uint32_t attempt;
};

/// Which events are asked for, as statements that are made once for a set of patterns.
class EventTaking {
 public:
  /// "auth.mail", "auth.*", "*".
  EventTaking(sql::Engine engine, std::span<const std::string> patterns);

  /// Those that are due, of each key the first one alone, in the order of writing.
  [[nodiscard]] std::vector<TakenEvent> take(Transaction& within, std::string_view holder, Time now,
                                             Time until, std::size_t most) const;

 private:
  std::string text_;
};

/// Puts it away; false where somebody else has it by now.
bool put_event_away(Transaction& within, std::int64_t seq, std::string_view holder, Time now,
                    std::string_view error = {});
/// Once more at that time.
void put_event_back(Transaction& within, std::int64_t seq, std::string_view holder, Time at,
                    std::string_view error);
/// Those that were put away before that, and those that nobody asked for; some of them at a time.
std::uint64_t purge_events(Transaction& within, Time before);

}  // namespace portico::jobs
