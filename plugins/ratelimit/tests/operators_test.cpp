// SPDX-License-Identifier: Apache-2.0
// What operators see of the limits, and what they can do.
#include "operators/refused_keys.h"
#include "ratelimit.h"
#include <portico/testing.h>

#include <string>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

using portico::testing::Gateway;
using portico::testing::Reply;

/// The first text behind `name` in what /status says.
std::string member(const std::string& json, const std::string& name) {
  const std::size_t at = json.find('"' + name + "\":\"");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 4;
  return json.substr(begin, json.find('"', begin) - begin);
}

void exhaust(Gateway& gateway, std::string_view address, int refused) {
  gateway.client_address(address);
  while (gateway.get("/").status == Status::Ok) {
  }
  for (int i = 1; i < refused; ++i) gateway.get("/");
}

TEST(Operators, SeeWhoseKeysAreRefusedMost) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{limit: 1, per: 1h}").use("ratelimit");
  exhaust(gateway, "192.0.2.1", 2);
  exhaust(gateway, "192.0.2.2", 5);
  const std::string status = gateway.status("ratelimit");
  EXPECT_NE(status.find("\"keys\":2"), std::string::npos) << status;
  EXPECT_NE(status.find("\"refused\":5"), std::string::npos) << status;
  EXPECT_LT(status.find("\"refused\":5"), status.find("\"refused\":2"));
  EXPECT_EQ(member(status, "place"), "use");
  EXPECT_EQ(member(status, "key").size(), 32U);
  EXPECT_EQ(status.find("192.0.2"), std::string::npos) << status;
}

TEST(Operators, SeeTextsOnlyWhereTheyMay) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{limit: 1, per: 1h, show_keys: true, by: [client, host]}");
  gateway.use("ratelimit");
  exhaust(gateway, "192.0.2.1", 1);
  EXPECT_EQ(member(gateway.status("ratelimit"), "text"), "192.0.2.1 localhost");
}

TEST(Operators, ResetAKeyThatTheySee) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{limit: 1, per: 1h}").use("ratelimit");
  exhaust(gateway, "192.0.2.1", 1);
  exhaust(gateway, "192.0.2.2", 3);
  const std::string key = member(gateway.status("ratelimit"), "key");
  const Reply reset =
      gateway.admin("POST", "/plugins/ratelimit/reset", "{\"key\": \"" + key + "\"}");
  EXPECT_EQ(reset.status, Status::Ok);
  EXPECT_EQ(reset.body, "{\"reset\":1}");
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
  gateway.client_address("192.0.2.1");
  EXPECT_EQ(gateway.get("/").status, Status::TooManyRequests);
  EXPECT_TRUE(gateway.logged("an operator reset a key"));
}

TEST(Operators, ResetAKeyByItsParts) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>().use("ratelimit: {limit: 1, per: 1h}");
  gateway.route("{match: {path: /}, use: [{ratelimit: {limit: 1, per: 1m}}], respond: a}");
  exhaust(gateway, "192.0.2.1", 1);
  const auto reset = [&gateway](std::string_view order) {
    return gateway.admin("POST", "/plugins/ratelimit/reset", order).body;
  };
  EXPECT_EQ(reset("{\"by\": [\"192.0.2.9\"]}"), "{\"reset\":0}");
  EXPECT_EQ(reset("{\"by\": [\"192.0.2.1\"], \"place\": \"elsewhere\"}"), "{\"reset\":0}");
  EXPECT_EQ(reset("{\"by\": [\"192.0.2.1\"], \"place\": \"* /\"}"), "{\"reset\":1}");
  EXPECT_EQ(gateway.get("/").status, Status::TooManyRequests);
  EXPECT_EQ(reset("{\"by\": [\"192.0.2.1\"]}"), "{\"reset\":1}");
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
}

TEST(Operators, AreToldWhatIsWrongWithAnOrder) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{limit: 1}").use("ratelimit");
  const auto status = [&gateway](std::string_view order) {
    return gateway.admin("POST", "/plugins/ratelimit/reset", order).status;
  };
  EXPECT_EQ(status("{}"), Status::UnprocessableContent);
  EXPECT_EQ(status("{\"key\": \"x\"}"), Status::UnprocessableContent);
  EXPECT_EQ(status("{\"key\": \"0123456789abcdef0123456789abcdef\", \"by\": [\"a\"]}"),
            Status::UnprocessableContent);
  EXPECT_EQ(status("nonsense"), Status::BadRequest);
  EXPECT_EQ(gateway.admin("GET", "/plugins/ratelimit/reset").status, Status::NotFound);
}

TEST(RefusedKeys, KeepTheMostRefused) {
  RefusedKeys keys;
  const auto note = [&keys](std::uint64_t number, int times) {
    for (int i = 0; i < times; ++i) {
      keys.note(Key{number, 1}, "use", [number] { return std::to_string(number); });
    }
  };
  for (std::uint64_t i = 1; i <= RefusedKeys::Most; ++i) note(i, 10);
  note(7, 90);
  for (std::uint64_t i = 1000; i < 1050; ++i) note(i, 1);
  const auto top = keys.top(3);
  ASSERT_EQ(top.size(), 3U);
  EXPECT_EQ(top[0].text, "7");
  EXPECT_EQ(top[0].refused, 100U);
  EXPECT_EQ(keys.top(1000).size(), RefusedKeys::Most);
}

TEST(RefusedKeys, AreWrittenAsDigits) {
  const Key key{0x0123456789abcdef, 0xfedcba9876543210};
  EXPECT_EQ(text_of(key), "fedcba98765432100123456789abcdef");
  EXPECT_EQ(key_of(text_of(key)), key);
  for (const char* const wrong :
       {"", "0", "fedcba98765432100123456789abcde", "fedcba98765432100123456789abcdeg",
        "fedcba98765432100123456789abcdef0", "+edcba98765432100123456789abcdef"}) {
    EXPECT_EQ(key_of(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace portico::ratelimit
