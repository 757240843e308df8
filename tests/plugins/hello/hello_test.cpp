// SPDX-License-Identifier: Apache-2.0
// The sample plugin through the real chain. It is one file, so that a reader sees all of it; hence
// the inclusion of a source. GoogleTest comes first: the source says `using namespace portico`, and
// then `testing` is a name of two namespaces.
// clang-format off
#include <gtest/gtest.h>

#include "hello.cpp"

#include <portico/testing.h>
// clang-format on

namespace {

using portico::testing::Gateway;
using portico::testing::Reply;

TEST(Hello, AddsItsHeaderToEveryAnswer) {
  Gateway gateway;
  gateway.load<Hello>("{header: X-Hi}").use("hello: 'by {request.method}'");
  EXPECT_EQ(gateway.get("/").header("X-Hi"), "by GET");
}

TEST(Hello, GreetsByName) {
  Gateway gateway;
  gateway.load<Hello>("{greeting: Ahoy}");
  const Reply reply = gateway.get("/hello/Ada");
  EXPECT_EQ(reply.status, Status::Ok);
  EXPECT_EQ(reply.body, R"({"to":"Ada","text":"Ahoy, Ada!"})");
  EXPECT_EQ(gateway.counter("hello_greetings_total"), 1U);
}

TEST(Hello, PassesALetterOn) {
  Gateway gateway;
  gateway.load<Hello>();
  const Reply reply = gateway.request("POST", "/hello/greetings",
                                      {{"Content-Type", "application/json"}}, R"({"to":"Eva"})");
  EXPECT_EQ(reply.status, Status::Created);
  EXPECT_EQ(reply.body, R"({"to":"Eva","text":"Hello, Eva!"})");
}

TEST(Hello, RefusesALetterToNobody) {
  Gateway gateway;
  gateway.load<Hello>();
  const Reply reply = gateway.request("POST", "/hello/greetings",
                                      {{"Content-Type", "application/json"}}, R"({"to":""})");
  EXPECT_EQ(reply.status, Status::UnprocessableContent);
  EXPECT_EQ(gateway.counter("hello_greetings_total"), 0U);
}

TEST(Hello, GreetsForOtherPlugins) {
  Gateway gateway;
  gateway.load<Hello>("{greeting: Moin}");
  const auto* greeter = gateway.find<Greeter>("hello/1");
  ASSERT_NE(greeter, nullptr);
  EXPECT_EQ(greeter->greeting("Ada"), "Moin, Ada!");
}

}  // namespace
