// SPDX-License-Identifier: Apache-2.0
// Core's own terminals, `respond` and `redirect`, as a file configures them.
#include <portico/testing.h>

#include <string>

#include <gtest/gtest.h>

namespace portico::pipeline {
namespace {

using portico::testing::Gateway;
using portico::testing::Reply;

Reply answer(std::string_view terminal, std::string_view target) {
  Gateway gateway;
  gateway.route("match: {path: \"/old/**\"}\n" + std::string(terminal));
  return gateway.get(target);
}

std::string problems(std::string_view terminal) {
  Gateway gateway;
  gateway.route("match: {path: \"/old/**\"}\n" + std::string(terminal));
  return gateway.problems();
}

TEST(Respond, AnswersWithWhatTheFileSays) {
  const Reply reply =
      answer("respond: {status: 418, headers: {X-Id: \"{request.id}\"}, body: \"no {path.rest}\"}",
             "/old/coffee");
  EXPECT_EQ(static_cast<int>(reply.status), 418);
  EXPECT_EQ(reply.header("X-Id"), "test-1");
  EXPECT_EQ(reply.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(reply.body, "no coffee");
}

TEST(Respond, TakesTheTypeAndEveryHeaderFromTheFile) {
  const Reply reply = answer(
      "respond: {body: \"{{}}\", headers: {content-type: a/b, X: \"1\", x: \"{path.rest}\"}}",
      "/old/2");
  EXPECT_EQ(reply.header("Content-Type"), "a/b");
  EXPECT_EQ(reply.header("X"), "2");
  EXPECT_EQ(reply.header("Content-Length"), "2");
  EXPECT_EQ(reply.headers.size(), 3U);
  EXPECT_EQ(reply.body, "{}");
}

TEST(Respond, MayHaveNoBody) {
  const Reply reply = answer("respond: {status: 204}", "/old/x");
  EXPECT_EQ(reply.status, Status::NoContent);
  EXPECT_EQ(reply.header("Content-Type"), "");
}

TEST(Respond, RefusesWhatWouldBreakAMessage) {
  EXPECT_NE(problems("respond: {headers: {\"a b\": \"1\"}}"), "");
  EXPECT_NE(problems("respond: {headers: {A: \"b\\r\\nC: d\"}}"), "");
  EXPECT_NE(problems("respond: {headers: {Content-Length: \"1\"}}"), "");
  EXPECT_NE(problems("respond: {status: 204, body: \"x\"}"), "");
  EXPECT_NE(problems("respond: {status: 304, body: \"x\"}"), "");
  EXPECT_EQ(problems("respond: {status: 304}"), "");
}

TEST(Redirect, KeepsTheQuery) {
  const Reply reply = answer("redirect: \"https://www.example.com/{path.rest}\"", "/old/a/b?c=d");
  EXPECT_EQ(reply.status, Status::PermanentRedirect);
  EXPECT_EQ(reply.header("Location"), "https://www.example.com/a/b?c=d");
}

TEST(Redirect, AddsTheQueryToOneThatIsThere) {
  EXPECT_EQ(answer("redirect: \"/new?a=b\"", "/old/x?c=d").header("Location"), "/new?a=b&c=d");
  EXPECT_EQ(answer("redirect: \"/new?a=b\"", "/old/x").header("Location"), "/new?a=b");
}

TEST(Redirect, DropsTheQueryWhenToldTo) {
  const Reply reply = answer("redirect: {to: \"/new\", status: 302, query: drop}", "/old/x?c=d");
  EXPECT_EQ(reply.status, Status::Found);
  EXPECT_EQ(reply.header("Location"), "/new");
}

TEST(Redirect, NeverLeavesTheSiteByAVariable) {
  EXPECT_EQ(answer("redirect: \"/{query.to}\"", "/old/x?to=/evil.example").status,
            Status::BadRequest);
  EXPECT_EQ(answer("redirect: \"/{query.to}\"", "/old/x?to=%5Cevil.example").status,
            Status::BadRequest);
  EXPECT_EQ(answer("redirect: {to: \"/{query.to}\", query: drop}", "/old/x").header("Location"),
            "/");
}

TEST(Redirect, RefusesATargetThatAClientWouldChoose) {
  EXPECT_NE(problems("redirect: \"{query.to}\""), "");
  EXPECT_NE(problems("redirect: \"ftp://example.com/\""), "");
  EXPECT_EQ(problems("redirect: \"http://example.com/\""), "");
}

}  // namespace
}  // namespace portico::pipeline
