// SPDX-License-Identifier: Apache-2.0
#include "jobs/event_teller.h"

#include "base/guard.h"
#include "jobs/pause.h"

#include <array>

namespace portico::jobs {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t MostAtOnce = 100;
constexpr Time Lease = 60s;

/// From a second to an hour.
const JobPolicy& again() {
  static const JobPolicy policy{.attempts = EventTeller::MostAttempts,
                                .pauses = {1s, 5s, 15s, 1min, 5min, 15min, 30min, 1h}};
  return policy;
}

}  // namespace

bool EventTeller::round() {
  const auto taking = subscriptions_.taking();
  if (taking == nullptr) return false;
  std::vector<TakenEvent> events;
  store_.write([&](Transaction& within) {
    const Time now = clock_.unix_time();
    events = taking->take(within, holder_, now, now + Lease, MostAtOnce);
  });
  if (events.empty()) return false;
  if (!all_at_once(events)) {
    for (const TakenEvent& event : events) one(event);
  }
  // Of each key only the first was taken: the next ones are due now.
  return true;
}

/// In one transaction: what it costs is spread over all of them.
bool EventTeller::all_at_once(const std::vector<TakenEvent>& events) {
  if (events.size() == 1) return false;
  try {
    store_.write([&](Transaction& within) {
      for (const TakenEvent& event : events) tell(within, event);
    });
    return true;
  } catch (const SqlError& error) {
    if (error.transient()) throw;
  } catch (...) {
    // One of them is to blame. Each by itself, that one shows.
  }
  return false;
}

void EventTeller::one(const TakenEvent& event) {
  std::string why;
  try {
    store_.write([&](Transaction& within) { tell(within, event); });
    return;
  } catch (const SqlError& error) {
    if (error.transient() || error.kind() == SqlError::Kind::OutcomeUnknown) throw;
    why = error.what();
  } catch (...) {
    why = base::describe_current_exception();
  }
  fail(event, why);
}

void EventTeller::tell(Transaction& within, const TakenEvent& event) {
  if (!put_event_away(within, event.seq, holder_, clock_.unix_time())) return;
  subscriptions_.tell(within, event);
}

void EventTeller::fail(const TakenEvent& event, const std::string& why) {
  const bool dead = event.attempt >= MostAttempts;
  const std::array fields{services::Field{"event", event.name}, services::Field{"id", event.id},
                          services::Field{"reason", why}};
  log_.write(dead ? Level::Error : Level::Warning, "core",
             dead ? "an event was given up" : "an event will be told again", fields);
  store_.write([&](Transaction& within) {
    const Time now = clock_.unix_time();
    if (dead) {
      put_event_away(within, event.seq, holder_, now, why);
      return;
    }
    const Time at = now + pause_behind(again(), event.attempt);
    put_event_back(within, event.seq, holder_, at, why);
    sql::Work::of(within).note_work(at);
  });
}

}  // namespace portico::jobs
