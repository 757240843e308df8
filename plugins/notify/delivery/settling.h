// SPDX-License-Identifier: Apache-2.0
// Writes down what attempts came to, within the transaction that ends their jobs.
#pragma once

#include "delivery/report.h"
#include "store/deliveries.h"
#include <portico/callable.h>
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/metrics.h>
#include <portico/sql.h>

#include <span>

namespace portico::notify {

class Settling {
 public:
  /// Told of each attempt, within the transaction.
  using After = Callable<void(Transaction&, const DeliveryRow&, const Report&)>;

  Settling(Host& host, After after);

  void settle(Transaction& db, std::span<const JobReport> reports);

 private:
  void settle_one(Transaction& db, const JobReport& job);
  void bounced(Transaction& db, const DeliveryRow& row);

  Host& host_;
  const After after_;
  Counter& sent_;
  Counter& later_;
  Counter& dead_;
  Counter& left_;
};

}  // namespace portico::notify
