// SPDX-License-Identifier: Apache-2.0
// In the steady state a route asks the heap for nothing, on the way in and on the way out.
#include "proxy.h"
#include "route.h"
#include "unit/allocations.h"
#include <portico/testing.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

/// The terminal `measured`: a route of the proxy, and what it asks for.
class Measured final : public Plugin {
 public:
  using Config = proxy::Config;
  static constexpr Info info{"measured", "1.0.0", "Counts allocations"};

  Measured(const Config& config, Host& host)
      : host_(host), group_("app", config.upstreams.at("app"), host) {}

  void setup(Registrar& registrar) override {
    group_.open();
    registrar.terminal<RouteSettings>("measured", [this](const RouteSettings& settings) {
      auto route = std::make_shared<const Route>(settings, group_, nullptr, host_);
      return [route](Request& request) {
        Response answer(Status::Found);
        answer.headers().set("Location", "http://127.0.0.1:4000/v2/with/a/long/enough/path");
        answer.headers().set("Set-Cookie", "session=0123456789abcdef0123456789; Domain=app");
        const std::size_t before = allocations();
        const Flow flow = route->serve(request);
        route->edit_answer(request, answer, "told.internal");
        spent += allocations() - before;
        return reply(std::move(answer));
      };
    });
  }

  static inline std::size_t spent = 0;

 private:
  Host& host_;
  Group group_;
};

/// Allocations of ten requests, once memory has found its size.
std::size_t cost_of(std::string_view end, std::string_view more = "") {
  portico::testing::Gateway gateway;
  gateway.load<Measured>("{upstreams: {app: {targets: [\"http://127.0.0.1:4000\"]" +
                         std::string(more) + "}}}");
  gateway.route("{match: {path: \"/**\"}, measured: " + std::string(end) + "}");
  const auto ask = [&gateway] {
    const auto reply = gateway.get(
        "/api/a/b/c?d=e&f=g", {{"Host", "www.example.com"}, {"X-A", "0123456789abcdef0123456789"}});
    EXPECT_NE(reply.header("Location"), "");
  };
  for (int i = 0; i < 5; ++i) ask();
  Measured::spent = 0;
  for (int i = 0; i < 10; ++i) ask();
  return Measured::spent;
}

TEST(ProxySteadyState, AllocatesNothing) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  EXPECT_EQ(cost_of("app"), 0U);
}

TEST(ProxySteadyState, AllocatesNothingForEdits) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  EXPECT_EQ(cost_of("{upstream: app, strip_prefix: /api, add_prefix: /v2, host: upstream, "
                    "headers: {set: {X-A: a, X-B: \"{header.x-a}\"}, remove: [X-C]}, "
                    "query: {remove: [d], set: {g: \"{request.id}\"}}, "
                    "forwarding: {forwarded: true, x_real_ip: true}, "
                    "response: {headers: {set: {X-A: \"{request.id}\"}}, status: {\"302\": 303}, "
                    "cookies: {domain: remove, path: {/: /api}, secure: true}}}"),
            0U);
}

TEST(ProxySteadyState, AllocatesNothingForAChoice) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  EXPECT_EQ(cost_of("app",
                    ", balance: {method: hash, key: \"{header.x-a}\"}, breaker: {}, "
                    "fallback: {}, retries: {tries: 3}"),
            0U);
}

TEST(ProxySteadyState, CountsWhatIsAllocated) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  const std::size_t before = allocations();
  static_cast<void>(std::make_unique<std::string>(100, 'a'));
  EXPECT_GT(allocations(), before);
}

}  // namespace
}  // namespace portico::proxy
