// SPDX-License-Identifier: Apache-2.0
// What an upstream is told of the client, through the real chain.
#include "route_fixture.h"

#include <string_view>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using test::RouteTest;

TEST_F(RouteTest, SaysWhereTheRequestComesFrom) {
  with("app").get("/", {{"Host", "www.example.com:8080"}});
  EXPECT_EQ(seen_.header("X-Forwarded-For"), "192.0.2.1");
  EXPECT_EQ(seen_.header("X-Forwarded-Proto"), "http");
  EXPECT_EQ(seen_.header("X-Forwarded-Host"), "www.example.com:8080");
  EXPECT_EQ(seen_.header("X-Forwarded-Port"), "8080");
  EXPECT_EQ(seen_.header("Via"), "1.1 portico");
  EXPECT_EQ(seen_.header("X-Request-Id"), "test-1");
  EXPECT_EQ(seen_.header("traceparent").size(), 55U);
  EXPECT_EQ(seen_.header("X-Real-IP"), "");
  EXPECT_EQ(seen_.header("Forwarded"), "");
}

TEST_F(RouteTest, SaysNothingThatWasSwitchedOff) {
  with(
      "{upstream: app, strip_prefix: /a, forwarding: {x_forwarded_for: false, x_forwarded_proto: "
      "false, x_forwarded_prefix: false, x_forwarded_host: false, x_forwarded_port: false, via: "
      "false, x_request_id: false, trace: "
      "false, x_real_ip: true, forwarded: true}}")
      .get("/a/b", {{"Host", "a"}});
  for (const char* name :
       {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port",
        "X-Forwarded-Prefix", "Via", "X-Request-Id", "traceparent"}) {
    EXPECT_EQ(seen_.header(name), "") << name;
  }
  EXPECT_EQ(seen_.header("X-Real-IP"), "192.0.2.1");
  EXPECT_EQ(seen_.header("Forwarded"), "for=192.0.2.1;host=a;proto=http");
}

TEST_F(RouteTest, InheritsWhatUpstreamsAreTold) {
  with("app", "{forwarding: {via: false}, upstreams: {app: {targets: [\"http://127.0.0.1:1\"]}}}")
      .get("/");
  EXPECT_EQ(seen_.header("Via"), "");
  EXPECT_NE(seen_.header("X-Forwarded-For"), "");
}

TEST_F(RouteTest, ContinuesWhatATrustedProxySays) {
  with("{upstream: app, forwarding: {forwarded: true, x_real_ip: true}}");
  gateway_.trusted_proxy("10.0.0.1");
  gateway_.get("/", {{"Host", "inner"},
                     {"X-Forwarded-For", "192.0.2.1"},
                     {"X-Forwarded-Host", "www.example.com"},
                     {"X-Forwarded-Port", "443"},
                     {"Forwarded", "for=192.0.2.1"},
                     {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                     {"tracestate", "a=b"}});
  EXPECT_EQ(seen_.header("X-Forwarded-For"), "192.0.2.1, 10.0.0.1");
  EXPECT_EQ(seen_.header("X-Forwarded-Host"), "www.example.com");
  EXPECT_EQ(seen_.header("X-Forwarded-Port"), "443");
  EXPECT_EQ(seen_.header("X-Real-IP"), "192.0.2.1");
  EXPECT_EQ(seen_.header("Forwarded"), "for=192.0.2.1, for=10.0.0.1;host=inner;proto=http");
  EXPECT_TRUE(seen_.header("traceparent").starts_with("00-0af7651916cd43dd8448eb211c80319c-"));
  EXPECT_FALSE(seen_.header("traceparent").ends_with("b7ad6b7169203331-01"));
  EXPECT_EQ(seen_.header("tracestate"), "a=b");
}

TEST_F(RouteTest, BeginsAnewWhatATrustedProxySaysAmiss) {
  with("app");
  gateway_.trusted_proxy("10.0.0.1");
  const std::string_view trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  gateway_.get("/", {{"traceparent", trace}, {"traceparent", trace}, {"tracestate", "a=b"}});
  EXPECT_EQ(seen_.header("traceparent").find("0af7651916cd43dd"), std::string_view::npos);
  EXPECT_EQ(seen_.header("tracestate"), "");
}

TEST_F(RouteTest, SaysWhatWasTakenFromThePath) {
  with("{upstream: app, strip_prefix: /api/}").get("/api/x", {{"X-Forwarded-Prefix", "/outer"}});
  EXPECT_EQ(seen_.header("X-Forwarded-Prefix"), "/outer/api");
  gateway_.get("/other");
  EXPECT_EQ(seen_.header("X-Forwarded-Prefix"), "");
}

TEST_F(RouteTest, ContinuesVia) {
  with("app").get("/", {{"Via", "1.0 a"}, {"Via", "1.1 b"}});
  EXPECT_EQ(seen_.header("Via"), "1.0 a, 1.1 b, 1.1 portico");
}

TEST_F(RouteTest, BeginsATraceOfItsOwnForStrangers) {
  with("app").get("/", {{"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                        {"tracestate", "a=b"}});
  EXPECT_EQ(seen_.header("traceparent").find("0af7651916cd43dd8448eb211c80319c"),
            std::string_view::npos);
  EXPECT_EQ(seen_.header("tracestate"), "");
}

}  // namespace
}  // namespace portico::proxy
