// SPDX-License-Identifier: Apache-2.0
// What the job of a delivery carries, and what its message's data is sealed as.
#pragma once

#include <portico/jobs.h>
#include <portico/schema.h>

#include <string>
#include <string_view>

namespace portico::notify {

inline constexpr std::string_view SealedData = "message data";

struct DeliveryJob {
  std::string delivery;

  static void describe(Schema<DeliveryJob>& s) {
    s.summary("A delivery that is due.");
    s.field("delivery", &DeliveryJob::delivery, "Which.").required();
  }
};

/// An id has nothing in it that JSON would escape.
[[nodiscard]] inline std::string payload_of(std::string_view delivery) {
  return "{\"delivery\":\"" + std::string(delivery) + "\"}";
}

}  // namespace portico::notify
