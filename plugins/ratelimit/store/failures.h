// SPDX-License-Identifier: Apache-2.0
// Counts each request that Redis could not decide on, and tells the log, not of each.
#pragma once

#include <portico/host.h>
#include <portico/http.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace portico::ratelimit {

class Failures {
 public:
  explicit Failures(Host& host)
      : host_(host),
        errors_(host.counter("store_errors_total", "Requests that the store did not decide on.")) {}

  /// On a loop.
  void note(const Request& request, std::string_view why) noexcept {
    constexpr std::int64_t Silence = 10'000'000'000;
    errors_.add();
    const std::int64_t now = request.now().count();
    std::int64_t next = next_.load(std::memory_order_relaxed);
    if (now < next || !next_.compare_exchange_strong(next, now + Silence)) return;
    host_.log(Level::Warning, why.empty() ? "the store of limits gives no decision" : why);
  }

 private:
  Host& host_;
  Counter& errors_;
  std::atomic<std::int64_t> next_{0};
};

}  // namespace portico::ratelimit
