// SPDX-License-Identifier: Apache-2.0
// The work of one database on this node: takes jobs and events that are due, hands them out, and
// writes what became of them. One thread, which begins with the first who wants to work; what takes
// long is done by the crews.
//
//   sleep until the bell rings, a row is due, or a second has passed
//   settle what has ended -> tell events -> take jobs for crews that have room -> again
#pragma once

#include "base/clock.h"
#include "jobs/crew.h"
#include "jobs/estate.h"
#include "jobs/event_teller.h"
#include "jobs/kind.h"
#include "jobs/ledger.h"
#include "jobs/settlement.h"
#include "jobs/subscriptions.h"
#include "jobs/wakes.h"
#include "services/log/sink.h"
#include "sql/store.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace portico::jobs {

struct DispatcherParts {
  std::shared_ptr<sql::Store> store;
  const base::Clock& clock;
  services::LogSink& log;
  Crew::Pace pace;
  std::string holder;                ///< Who this node is; nobody else has the same text.
  std::unique_ptr<Wakes> wakes;      ///< Null: other nodes look by themselves.
  std::filesystem::path journals{};  ///< Where they are kept; empty: none are.
};

class Dispatcher {
 public:
  explicit Dispatcher(DispatcherParts parts);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;
  ~Dispatcher();

  [[nodiscard]] sql::Store& store() const noexcept { return *parts_.store; }

  void handle(std::shared_ptr<Kind> kind);
  void on(const void* owner, std::string pattern, Subscriptions::Told told);
  /// Takes nothing of that kind for that owner before that time.
  void rest(const void* owner, std::string_view kind, Time until);
  /// Begins nothing new for that owner, whose jobs go on. Does not wait for them.
  void withdraw(const void* owner) noexcept;
  /// Waits for them. Then the plugin is not called any more.
  void disband(const void* owner) noexcept;

  /// Stepped: all that is due, and what comes of it.
  void step();

 private:
  using Crews = std::vector<std::shared_ptr<Crew>>;  // A round may go on with one that has left.

  void run();
  void launch();
  /// Whether there may be more at once.
  bool round();
  /// Writes what a process that died had done.
  void inherit(const std::shared_ptr<Kind>& kind);
  bool take_for(Crew& crew);
  std::size_t take_some(Crew& crew, JobPriority priority, std::size_t most);
  void hold(Kind& kind, std::vector<TakenJob>& jobs);
  void let_go(const Outcome& outcome);
  void settle();
  void idle();
  void complain(const SqlError& error) noexcept;
  void extend();
  [[nodiscard]] Crews crews() const;
  [[nodiscard]] Crews crews_of(const void* owner) const;

  const DispatcherParts parts_;
  std::vector<Estate> estates_;           // The round's own.
  const std::shared_ptr<Ledger> ledger_;  // Jobs hold it too.
  Subscriptions subscriptions_;
  mutable std::mutex mutex_;
  Crews crews_;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  // One round at a time: of the thread, or of who disbands.
  std::mutex round_;
  Settlement settlement_;
  EventTeller teller_;
  std::unordered_map<std::string, std::chrono::seconds> held_;  // With the lease of each.
  Time extended_{0};
  Time next_due_ = Time::max();
};

}  // namespace portico::jobs
