// SPDX-License-Identifier: Apache-2.0
// The plugin with its buckets in a real redis-server, and while there is none.
#include "ratelimit.h"
#include "store/scripts.h"
#include "tests/real_redis.h"
#include <portico/testing.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

using portico::testing::Gateway;
using portico::testing::RedisWords;
using portico::testing::Reply;

RedisReply reply_of(const RealRedis::Value& value) {
  switch (value.kind) {
    case RealRedis::Value::Kind::Integer: return RedisReply::of(value.integer);
    case RealRedis::Value::Kind::Text: return RedisReply::of(value.text);
    case RealRedis::Value::Kind::Error: return RedisReply::refused(value.text);
    case RealRedis::Value::Kind::Nothing: return RedisReply::none();
    case RealRedis::Value::Kind::List: break;
  }
  std::vector<RedisReply> items;
  items.reserve(value.items.size());
  for (const RealRedis::Value& item : value.items) items.push_back(reply_of(item));
  return RedisReply::of(std::move(items));
}

class SharedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!RealRedis::is_there()) GTEST_SKIP() << "this machine has no redis-server";
    redis_ = std::make_unique<RealRedis>();
    redis_->say({"SCRIPT", "LOAD", std::string(take_script())});
  }

  /// A node whose plugin has these settings beside its store.
  std::unique_ptr<Gateway> node(const std::string& settings) {
    auto made = std::make_unique<Gateway>();
    made->redis("shared", [this](const RedisWords& words) {
      said_.emplace_back(words.begin(), words.end());
      return reply_of(redis_->say(said_.back()));
    });
    made->load<RateLimitPlugin>("{store: shared, " + settings + "}").use("ratelimit");
    return made;
  }
  static Status status(Gateway& gateway, std::string_view target = "/") {
    return gateway.get(target).status;
  }

  std::unique_ptr<RealRedis> redis_;
  std::vector<RealRedis::Words> said_;
};

TEST_F(SharedTest, CountsForAllNodesTogether) {
  const auto one = node("limit: 3, per: 1h");
  const auto other = node("limit: 3, per: 1h");
  EXPECT_EQ(status(*one), Status::Ok);
  EXPECT_EQ(status(*other), Status::Ok);
  EXPECT_EQ(one->get("/").header("RateLimit"), "\"3-in-1h\";r=0;t=3600");
  const Reply refused = other->get("/");
  EXPECT_EQ(refused.status, Status::TooManyRequests);
  EXPECT_EQ(refused.header("Retry-After"), "1200");
  other->client_address("192.0.2.7");
  EXPECT_EQ(status(*other), Status::Ok);
  EXPECT_EQ(one->counter("ratelimit_allowed_total"), 2U);
  EXPECT_EQ(other->counter("ratelimit_refused_total"), 1U);
}

TEST_F(SharedTest, AsksOnceForAllLimits) {
  const auto gateway = node(
      "limits: [{limit: 9, per: 1h}, {limit: 1000, calendar: month}, "
      "{limit: 5, per: 1h, "
      "algorithm: sliding}, {limit: 2, algorithm: concurrency}]");
  EXPECT_EQ(status(*gateway), Status::Ok);
  const auto asked = std::ranges::count_if(
      said_, [](const RealRedis::Words& words) { return words.front() == "EVALSHA"; });
  EXPECT_EQ(asked, 1);
}

TEST_F(SharedTest, SendsNoKeyAsItIsAndLetsAllExpire) {
  const auto gateway = node("limit: 3, by: [{query: k}], key_prefix: \"p:\"");
  const std::string huge(std::size_t{1} << 20U, 'k');
  EXPECT_EQ(status(*gateway, "/?k=" + huge), Status::Ok);
  EXPECT_EQ(status(*gateway, "/?k=secret%00%0d%0aFLUSHALL"), Status::Ok);
  for (const RealRedis::Words& words : said_) {
    for (const std::string& word : words) {
      EXPECT_EQ(word.find("secret"), std::string::npos);
      EXPECT_LT(word.size(), 200U);
    }
  }
  const auto keys = redis_->say({"KEYS", "*"}).items;
  ASSERT_EQ(keys.size(), 2U);
  for (const auto& key : keys) {
    EXPECT_TRUE(key.text.starts_with("p:{")) << key.text;
    EXPECT_GT(redis_->say({"PTTL", key.text}).integer, 0) << key.text;
  }
}

TEST_F(SharedTest, FreesSlotsAndGivesBack) {
  const auto slots = node("limit: 1, algorithm: concurrency");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(*slots), Status::Ok);
  const auto forgiving = node("limit: 1, per: 1h, skip_successful: true");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(*forgiving), Status::Ok);
}

TEST_F(SharedTest, IsResetByOperators) {
  const auto gateway = node("limit: 1, per: 1h");
  EXPECT_EQ(status(*gateway), Status::Ok);
  EXPECT_EQ(status(*gateway), Status::TooManyRequests);
  const Reply reset =
      gateway->admin("POST", "/plugins/ratelimit/reset", "{\"by\": [\"192.0.2.1\"]}");
  EXPECT_EQ(reset.body, "{\"reset\":1}");
  EXPECT_EQ(status(*gateway), Status::Ok);
}

TEST_F(SharedTest, DeniesWhileRedisIsAway) {
  const auto gateway = node("limit: 1, per: 1h");
  gateway->start();
  gateway->redis("shared", Gateway::Reach::Away);
  const Reply denied = gateway->get("/");
  EXPECT_EQ(denied.status, Status::ServiceUnavailable);
  EXPECT_EQ(denied.header("Retry-After"), "1");
  EXPECT_NE(denied.body.find("\"code\":\"limits_unavailable\""), std::string::npos);
  EXPECT_EQ(gateway->counter("ratelimit_store_errors_total"), 1U);
  EXPECT_TRUE(gateway->logged("warning ratelimit: "));
  gateway->redis("shared", Gateway::Reach::Here);
  EXPECT_EQ(status(*gateway), Status::Ok);
}

TEST_F(SharedTest, PassesWhileRedisIsAwayWhereThatIsWritten) {
  const auto gateway = node("limit: 1, per: 1h, on_store_failure: allow");
  gateway->start();
  gateway->redis("shared", Gateway::Reach::Away);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(*gateway), Status::Ok);
  EXPECT_EQ(gateway->counter("ratelimit_store_errors_total"), 5U);
  const auto lines = gateway->log();
  EXPECT_EQ(std::ranges::count_if(
                lines, [](const std::string& line) { return line.starts_with("warning rate"); }),
            1);
}

TEST_F(SharedTest, CountsByItselfWhileRedisIsAwayWhereThatIsWritten) {
  const auto gateway = node(
      "limits: [{limit: 2, per: 1h}, {limit: 1, algorithm: concurrency}], "
      "on_store_failure: local");
  gateway->start();
  gateway->redis("shared", Gateway::Reach::Away);
  EXPECT_EQ(status(*gateway), Status::Ok);
  EXPECT_EQ(status(*gateway), Status::Ok);
  EXPECT_EQ(status(*gateway), Status::TooManyRequests);
  gateway->redis("shared", Gateway::Reach::Here);
  EXPECT_EQ(status(*gateway), Status::Ok);
}

TEST_F(SharedTest, TrustsNoReplyThatIsNoDecision) {
  for (const char* const wrong : {"", "1", "x"}) {
    Gateway gateway;
    gateway.redis("shared", [wrong](const RedisWords&) { return RedisReply::of(wrong); });
    gateway.load<RateLimitPlugin>("{store: shared, limit: 1}").use("ratelimit");
    EXPECT_EQ(status(gateway), Status::ServiceUnavailable) << wrong;
  }
}

TEST_F(SharedTest, NeedsARedisOfThatName) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{store: elsewhere, limit: 1}").use("ratelimit");
  EXPECT_NE(gateway.problems().find("elsewhere"), std::string::npos) << gateway.problems();
}

}  // namespace
}  // namespace portico::ratelimit
