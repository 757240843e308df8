// SPDX-License-Identifier: Apache-2.0
// In the steady state a caller who may asks the heap for nothing, also where conditions decide.
#include "plugins/steady_state.h"

#include "rbac.h"

#include <string_view>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

std::size_t cost_of(std::string_view rule) {
  portico::testing::Gateway gateway;
  gateway.load<RbacPlugin>(R"({roles: {buyer: {permissions: ["orders:read",
      {allow: "orders:pay", when: '{"lte": ["resource.amount", "100"]}'}]}}})");
  gateway.load<steady_state::Probe>();
  gateway.use("test_user: {name: ada, roles: [buyer, gold, silver]}");
  gateway.use("before").use(rule).use("after");
  return steady_state::cost([&] { static_cast<void>(gateway.get("/?amount=100")); });
}

TEST(RbacSteadyState, AllocatesNothing) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  EXPECT_EQ(cost_of("rbac: \"orders:read\""), 0U);
  EXPECT_EQ(cost_of("rbac: {any_of: [\"orders:delete\", \"orders:read\"]}"), 0U);
  EXPECT_EQ(cost_of("rbac: {role: buyer}"), 0U);
  EXPECT_EQ(cost_of("rbac: {require: \"orders:pay\", resource: {amount: \"{query.amount}\"}}"), 0U);
}

}  // namespace
}  // namespace portico::rbac
