// SPDX-License-Identifier: Apache-2.0
// The answer to a request that is too many.
#pragma once

#include "settings.h"
#include <portico/http.h>

#include <cstdint>
#include <string>

namespace portico::ratelimit {

class Refusal {
 public:
  explicit Refusal(const Shared& settings)
      : status_(static_cast<Status>(settings.status)),
        code_(settings.code),
        message_(settings.message) {}

  /// `wait` in seconds; a client is told to wait for one at least.
  [[nodiscard]] Response answer(std::uint32_t wait) const;

 private:
  Status status_;
  std::string code_;
  std::string message_;
};

}  // namespace portico::ratelimit
