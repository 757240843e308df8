// SPDX-License-Identifier: Apache-2.0
// Who is told of the events that must not be lost, in one database. Any thread.
#pragma once

#include "jobs/event_rows.h"
#include "sql/options.h"
#include <portico/callable.h>
#include <portico/events.h>
#include <portico/sql.h>

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace portico::jobs {

class Subscriptions {
 public:
  using Told = Callable<void(Transaction&, const Event&)>;

  explicit Subscriptions(sql::Engine engine) : engine_(engine) {}

  /// Throws std::invalid_argument for a pattern that is none.
  void add(const void* owner, std::string pattern, Told told);
  /// Nothing of this owner is called any more; waits for the call that is under way.
  void forget(const void* owner) noexcept;
  /// What asks for all that somebody wants to be told; null where nobody does.
  [[nodiscard]] std::shared_ptr<const EventTaking> taking() const;
  /// Calls all who want to know. Throws what the first of them throws.
  void tell(Transaction& within, const TakenEvent& event);

 private:
  struct Subscription {
    const void* owner;
    std::string pattern;
    Told told;
  };
  void renew();

  const sql::Engine engine_;
  mutable std::mutex mutex_;
  std::condition_variable told_;
  std::list<Subscription> all_;                // One never moves while it is called.
  std::shared_ptr<const EventTaking> taking_;  // Whoever asks may still do so when it is replaced.
  const void* called_ = nullptr;
};

}  // namespace portico::jobs
