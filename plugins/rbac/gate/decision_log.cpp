// SPDX-License-Identifier: Apache-2.0
#include "gate/decision_log.h"

#include "model/reason_word.h"
#include "shared/code_points.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace portico::rbac {

DecisionLog::DecisionLog(Sql* sql, double share, Host& host)
    : sql_(sql),
      every_(share > 0 ? static_cast<std::uint64_t>(std::llround(1 / share)) : 0),
      host_(host),
      allowed_(host.counter("decisions_total", "Decisions.", {{"allowed", "true"}})),
      refused_(host.counter("decisions_total", "Decisions.", {{"allowed", "false"}})),
      dropped_(host.counter("decisions_dropped_total",
                            "Decisions that came faster than they could be written down.")) {}

bool DecisionLog::picks() noexcept {
  thread_local constinit std::uint64_t seen = 0;
  return sql_ != nullptr && every_ != 0 && ++seen % every_ == 0;
}

void DecisionLog::allowed(const Verdict& verdict) {
  allowed_.add();
  if (picks()) put(row_of(verdict, host_.new_id(), true));
}

std::string DecisionLog::refused(const Verdict& verdict) {
  refused_.add();
  std::string id = host_.new_id();
  if (sql_ != nullptr) put(row_of(verdict, id, false));
  return id;
}

LoggedDecision DecisionLog::row_of(const Verdict& verdict, std::string id, bool was_allowed) {
  LoggedDecision row;
  row.id = std::move(id);
  row.at = verdict.request.unix_time();
  row.user = verdict.subject;
  row.permission = verdict.action;
  if (!verdict.scope.empty()) row.scope = verdict.scope;
  row.resource = verdict.request.route();
  row.allowed = was_allowed;
  row.reason = word_of(verdict.reason);
  row.version = verdict.version;
  row.request = verdict.request.id();
  return row;
}

void DecisionLog::add(LoggedDecision decision) {
  (decision.allowed ? allowed_ : refused_).add();
  if (!decision.allowed || picks()) put(std::move(decision));
}

// What came with a request may be anything; one that no database takes would keep others out.
void DecisionLog::put(LoggedDecision decision) {
  decision.user = storable(decision.user);
  decision.scope = storable(decision.scope);
  decision.resource = storable(decision.resource);
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= MostWaiting || ++of_each_[decision.user] > MostOfOne) {
    return dropped_.add();
  }
  waiting_.push_back(std::move(decision));
}

void DecisionLog::flush() {
  std::vector<LoggedDecision> rows;
  {
    const std::lock_guard lock(mutex_);
    rows.swap(waiting_);
    of_each_.clear();
  }
  if (rows.empty()) return;
  try {
    sql_->write([&](Transaction& db) { decisions::add(db, rows); });
  } catch (const SqlError& error) {
    if (error.transient()) {
      keep(std::move(rows));
    } else {
      dropped_.add(rows.size());
    }
    throw;
  }
}

/// For the next time, before what has come meanwhile.
void DecisionLog::keep(std::vector<LoggedDecision> rows) {
  const std::lock_guard lock(mutex_);
  const std::size_t room = MostWaiting - std::min(MostWaiting, waiting_.size());
  if (rows.size() > room) {
    dropped_.add(rows.size() - room);
    rows.resize(room);
  }
  rows.insert(rows.end(), std::move_iterator(waiting_.begin()), std::move_iterator(waiting_.end()));
  waiting_ = std::move(rows);
}

}  // namespace portico::rbac
