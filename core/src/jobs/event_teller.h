// SPDX-License-Identifier: Apache-2.0
// Takes events that are due and tells those who want to know. On the thread of a dispatcher.
#pragma once

#include "base/clock.h"
#include "jobs/event_rows.h"
#include "jobs/subscriptions.h"
#include "services/log/sink.h"
#include "sql/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::jobs {

class EventTeller {
 public:
  static constexpr std::uint32_t MostAttempts = 20;

  EventTeller(sql::Store& store, Subscriptions& subscriptions, const base::Clock& clock,
              services::LogSink& log, std::string_view holder)
      : store_(store), subscriptions_(subscriptions), clock_(clock), log_(log), holder_(holder) {}

  /// Returns whether there may be more at once. Throws SqlError.
  bool round();

 private:
  [[nodiscard]] bool all_at_once(const std::vector<TakenEvent>& events);
  void one(const TakenEvent& event);
  void tell(Transaction& within, const TakenEvent& event);
  void fail(const TakenEvent& event, const std::string& why);

  sql::Store& store_;
  Subscriptions& subscriptions_;
  const base::Clock& clock_;
  services::LogSink& log_;
  const std::string_view holder_;
};

}  // namespace portico::jobs
