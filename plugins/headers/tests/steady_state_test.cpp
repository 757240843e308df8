// SPDX-License-Identifier: Apache-2.0
// In the steady state the plugin asks the heap for nothing, nonce or not.
#include "plugins/steady_state.h"

#include "headers.h"

#include <string_view>

#include <gtest/gtest.h>

namespace portico::headers {
namespace {

std::size_t cost_with(std::string_view settings) {
  portico::testing::Gateway gateway;
  gateway.load<HeadersPlugin>(settings).load<steady_state::Probe>();
  gateway.use("before").use("headers").use("after");
  return steady_state::cost([&gateway] { static_cast<void>(gateway.get("/")); });
}

TEST(HeadersSteadyState, AllocatesNothing) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  EXPECT_EQ(cost_with("{}"), 0U);
}

TEST(HeadersSteadyState, AllocatesNothingForANonce) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  EXPECT_EQ(cost_with("{content_security_policy: {directives: {script-src: '{csp.nonce}'}}, "
                      "frame_options: {policy: if-missing}, server: remove}"),
            0U);
}

/// Allocates as a careless plugin would: the counter must see it.
class Careless final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"careless", "1.0.0", "Allocates"};
  Careless(const NoSettings&, Host&) {}
  void setup(Registrar& r) override {
    r.middleware<NoSettings>("careless", [](const NoSettings&) {
      return [](Request&) {
        return pass(
            [](Response& response) { response.headers().set("X-A", std::string(1000, 'a')); });
      };
    });
  }
};

TEST(HeadersSteadyState, CountsWhatIsAllocated) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  portico::testing::Gateway gateway;
  gateway.load<Careless>().load<steady_state::Probe>();
  gateway.use("before").use("careless").use("after");
  EXPECT_EQ(steady_state::cost([&gateway] { static_cast<void>(gateway.get("/")); }), 10U);
}

}  // namespace
}  // namespace portico::headers
