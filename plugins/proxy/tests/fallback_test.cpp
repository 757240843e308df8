// SPDX-License-Identifier: Apache-2.0
#include "proxy.h"
#include <portico/testing.h>

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using portico::testing::Forwarded;
using portico::testing::Gateway;
using portico::testing::Reply;

TEST(Fallback, StandsInForAnAnswerThatNeverCame) {
  Gateway gateway;
  gateway.load<ProxyPlugin>(
      "{upstreams: {app: {targets: [\"http://127.0.0.1:1\"], fallback: {status: 200, body: "
      "\"later\", content_type: text/html, headers: {Retry-After: \"30\"}}}}}");
  gateway.route(
      "{match: {path: \"/**\"}, proxy: {upstream: app, response: {headers: {set: {X-A: "
      "a}}}}}");
  gateway.upstream([](const Forwarded&) -> Response { throw std::runtime_error("gone"); });
  const Reply reply = gateway.get("/");
  EXPECT_EQ(reply.status, Status::Ok);
  EXPECT_EQ(reply.body, "later");
  EXPECT_EQ(reply.header("Content-Type"), "text/html");
  EXPECT_EQ(reply.header("Retry-After"), "30");
  EXPECT_EQ(reply.header("X-A"), "") << "the edits are for the upstream's answers";
  EXPECT_EQ(gateway.counter("proxy_fallbacks_total"), 1U);
}

TEST(Fallback, LeavesOtherAnswers) {
  Gateway gateway;
  gateway.load<ProxyPlugin>(
      "{upstreams: {app: {targets: [\"http://127.0.0.1:1\"], fallback: {body: later}}}}");
  gateway.route("{match: {path: \"/**\"}, proxy: app}");
  gateway.upstream([](const Forwarded&) {
    Response answer(Status::NotFound);
    answer.body("mine", "text/plain");
    return answer;
  });
  EXPECT_EQ(gateway.get("/").status, Status::NotFound);
}

}  // namespace
}  // namespace portico::proxy
