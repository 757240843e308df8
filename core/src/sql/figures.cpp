// SPDX-License-Identifier: Apache-2.0
#include "sql/figures.h"

namespace portico::sql {

void Figures::count(std::string_view statement, std::chrono::nanoseconds took, bool failed) {
  const std::lock_guard lock(mutex_);
  auto found = entries_.find(statement);
  if (found == entries_.end()) {
    const bool room = entries_.size() < MostNames;
    found = entries_.try_emplace(room ? std::string(statement) : "other").first;
  }
  Entry& entry = found->second;
  ++(failed ? entry.failed : entry.done);
  entry.durations.add(took);
}

void Figures::count_retry() noexcept {
  const std::lock_guard lock(mutex_);
  ++retries_;
}

void Figures::count_slow() noexcept {
  const std::lock_guard lock(mutex_);
  ++slow_;
}

Figures::Sums Figures::sums() const {
  Sums sums;
  const std::lock_guard lock(mutex_);
  for (const auto& [name, entry] : entries_) {
    OfStatement& one = sums.statements.emplace_back();
    one.name = name;
    one.done = entry.done;
    one.failed = entry.failed;
    entry.durations.add_to(one.durations);
  }
  sums.retries = retries_;
  sums.slow = slow_;
  return sums;
}

}  // namespace portico::sql
