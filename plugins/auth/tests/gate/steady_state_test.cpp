// SPDX-License-Identifier: Apache-2.0
// In the steady state a token that is known asks the heap for nothing.
#include "plugins/steady_state.h"

#include "gate/test_issuer.h"

#include <string_view>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using namespace test;

std::size_t cost_of(std::string_view place, std::string_view settings) {
  Guarded gateway(settings);
  gateway.load<steady_state::Probe>();
  gateway.use("before").use(place).use("after");
  const std::string authorization = bearer(gateway.issuer.token());
  return steady_state::cost([&] {
    static_cast<void>(gateway.get(
        "/?a=b",
        {{"Authorization", authorization}, {"Cookie", "a=b; csrf=x; c=d"}, {"Accept", "*/*"}}));
  });
}

TEST(AuthSteadyState, AllocatesNothing) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  for (const char* const place :
       {"auth", "auth.optional", "auth.fresh", "auth: {scopes: [read], audience: api}"}) {
    EXPECT_EQ(cost_of(place, ""), 0U) << place;
    EXPECT_EQ(cost_of(place, ", forward_token: false"), 0U) << place;
  }
}

}  // namespace
}  // namespace portico::auth
