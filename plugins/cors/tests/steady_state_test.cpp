// SPDX-License-Identifier: Apache-2.0
// In the steady state the plugin asks the heap for nothing, however many origins it knows.
#include "plugins/steady_state.h"

#include "cors.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::cors {
namespace {

std::string ten_thousand_origins() {
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "https://o" + std::to_string(i) + ".example.com, ";
  return "{credentials: true, origins: [" + list + "'https://*.example.org']}";
}

class CorsSteadyState : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
    gateway_.load<CorsPlugin>(ten_thousand_origins()).load<steady_state::Probe>();
    gateway_.use("before").use("cors").use("after");
  }

  std::size_t cost_from(std::string_view origin) {
    return steady_state::cost([&] {
      static_cast<void>(gateway_.get("/", {{"Origin", origin}, {"Accept", "*/*"}}));
    });
  }

  portico::testing::Gateway gateway_;
};

TEST_F(CorsSteadyState, AllocatesNothing) {
  EXPECT_EQ(cost_from("https://o9999.example.com"), 0U);
  EXPECT_EQ(cost_from("https://a-rather-long-name-below.example.org"), 0U);
  EXPECT_EQ(cost_from("https://evil.example"), 0U);
}

}  // namespace
}  // namespace portico::cors
