// SPDX-License-Identifier: Apache-2.0
// In the steady state a limit asks the heap for nothing, whether it lets pass or refuses.
#include "plugins/steady_state.h"

#include "ratelimit.h"

#include <string_view>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

std::size_t cost_with(std::string_view settings) {
  portico::testing::Gateway gateway;
  gateway.load<RateLimitPlugin>(settings).load<steady_state::Probe>();
  gateway.use("before").use("ratelimit").use("after");
  return steady_state::cost([&gateway] {
    static_cast<void>(gateway.get("/?a=b", {{"X-Tenant", "a tenant of some length"}}));
  });
}

TEST(RateLimitSteadyState, AllocatesNothing) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  for (const char* const settings :
       {"{limit: 1000}", "{limit: 1000, headers: draft-6}", "{limit: 1000, headers: legacy}",
        "{limits: [{limit: 100, per: 1s}, {limit: 1000, algorithm: sliding}, "
        "{limit: 9, algorithm: concurrency}, {limit: 1000, calendar: month}], skip_failed: true, "
        "allow: [\"10.0.0.0/8\"], by: [client, {header: X-Tenant}, {query: a}, route]}"}) {
    EXPECT_EQ(cost_with(settings), 0U) << settings;
  }
}

}  // namespace
}  // namespace portico::ratelimit
