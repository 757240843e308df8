// SPDX-License-Identifier: Apache-2.0
// What was decided, on its way into the database: every refusal, and a share of what was allowed.
// Loops put it down here, a job writes it every second. Bounded, also for each caller, so that one
// who is refused again and again neither fills the database nor hides others: the rest is counted
// and dropped.
#pragma once

#include "model/decision.h"
#include "store/decisions.h"
#include <portico/host.h>
#include <portico/http.h>
#include <portico/metrics.h>
#include <portico/sql.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portico::rbac {

/// One decision of a route.
struct Verdict {
  const Request& request;
  std::string_view subject;
  std::string_view action;  ///< What it takes.
  std::string_view scope;
  Reason reason{};
  std::int64_t version = 0;
};

class DecisionLog {
 public:
  /// `share` is how much of what was allowed is kept: 0.01 is every hundredth. `sql` may be null:
  /// then nothing is.
  DecisionLog(Sql* sql, double share, Host& host);
  DecisionLog(const DecisionLog&) = delete;
  DecisionLog& operator=(const DecisionLog&) = delete;

  /// On a loop. Takes no lock for what is not kept.
  void allowed(const Verdict& verdict);
  /// On a loop. Gives the decision its id.
  [[nodiscard]] std::string refused(const Verdict& verdict);
  /// One that was made elsewhere. Any thread.
  void add(LoggedDecision decision);
  /// Writes what has come. May block. Throws SqlError; where that passes, what has come is kept.
  void flush();

 private:
  /// Between two flushes.
  static constexpr std::size_t MostWaiting = 1'000;
  static constexpr std::size_t MostOfOne = 20;

  [[nodiscard]] bool picks() noexcept;
  void put(LoggedDecision decision);
  void keep(std::vector<LoggedDecision> rows);
  [[nodiscard]] static LoggedDecision row_of(const Verdict& verdict, std::string id,
                                             bool was_allowed);

  Sql* const sql_;
  const std::uint64_t every_;  // 0: none.
  Host& host_;
  Counter& allowed_;
  Counter& refused_;
  Counter& dropped_;
  std::mutex mutex_;
  std::vector<LoggedDecision> waiting_;
  std::unordered_map<std::string, std::size_t> of_each_;
};

}  // namespace portico::rbac
