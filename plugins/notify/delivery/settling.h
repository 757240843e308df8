// SPDX-License-Identifier: Apache-2.0
// Writes down what attempts came to, within the transaction that ends their jobs.
#pragma once

#include "delivery/report.h"
#include "store/settled.h"
#include <portico/callable.h>
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/metrics.h>
#include <portico/sql.h>

#include <span>
#include <string>
#include <vector>

namespace portico::notify {

class Settling {
 public:
  /// Told of each attempt at an endpoint, within the transaction.
  using After = Callable<void(Transaction&, const std::string& endpoint, const Report&)>;

  Settling(Host& host, const Sql& sql, After after);

  void settle(Transaction& db, std::span<const JobReport> reports);

 private:
  /// What a job came to.
  struct Ended {
    const JobReport& job;
    std::string delivery;
    Report report;

    [[nodiscard]] bool over() const { return job.end != JobEnd::Again; }
    [[nodiscard]] bool attempted() const { return !report.outcome.empty(); }
  };

  void add_attempts(Transaction& db, std::span<const Ended> all) const;
  [[nodiscard]] std::vector<settled::Changed> change(Transaction& db,
                                                     std::span<const Ended> all) const;
  void count(const Ended& one);
  void tell(Transaction& db, const Ended& one, const settled::Changed& row);
  void bounced(Transaction& db, const settled::Changed& row);

  Host& host_;
  const Sql& sql_;
  const After after_;
  Counter& sent_;
  Counter& later_;
  Counter& dead_;
  Counter& left_;
};

}  // namespace portico::notify
