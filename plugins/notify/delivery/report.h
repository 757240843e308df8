// SPDX-License-Identifier: Apache-2.0
// What one attempt came to, as the job hands it to who writes it down (settling.h).
#pragma once

#include "delivery/mailer.h"
#include "shared/time.h"
#include <portico/jobs.h>
#include <portico/schema.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::notify {

struct Report {
  std::string status;  ///< Of the delivery, when the job is done; empty: as it is.
  std::string outcome;
  std::string code;
  std::string said;
  std::string provider;
  bool gone = false;     ///< The address.
  bool disable = false;  ///< The endpoint.
  std::int64_t started = 0;
  std::int64_t took = 0;

  static void describe(Schema<Report>& s);
  [[nodiscard]] std::string text() const;
};

/// Ends the job as the attempt ended, with a report.
void conclude(Job& job, const Sending& sending, Time started, Time ended);
/// No attempt was made, and none will be: "suppressed", "expired", "cancelled".
void leave(Job& job, std::string_view status);

}  // namespace portico::notify
