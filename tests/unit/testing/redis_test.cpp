// SPDX-License-Identifier: Apache-2.0
// A plugin with a Redis, in a test's gateway.
#include <portico/redis.h>
#include <portico/sdk.h>
#include <portico/testing.h>

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::testing {
namespace {

class Counting final : public Plugin {
 public:
  struct Config {
    std::string redis;
    static void describe(Schema<Config>& s) { s.field("redis", &Config::redis, "Its name."); }
  };
  static constexpr Info info{"counting", "1.0.0", "Counts in a Redis"};

  Counting(const Config& config, Host& host) : redis_(host.redis(config.redis)) {
    redis_.subscribe(
        "news", [this](std::string_view message) { heard_ += message; }, [this] { ++joined_; });
  }
  void setup(Registrar& r) override {
    r.middleware<NoSettings>("counting", [this](const NoSettings&) {
      return [this](Request& q) {
        return await(redis_.run(q, script_, {"key"}, {"1", std::string_view("a\0b", 3)}),
                     [](Request&, const RedisReply& got) {
                       return reply(problem(Status::Conflict, "told", got.text()));
                     });
      };
    });
    r.route("GET", "/read", [this](Request&) {
      Response response;
      response.body(redis_.call({"GET", "x"}).text(), "text/plain");
      return response;
    });
    r.route("GET", "/heard", [this](Request&) {
      redis_.publish("news", "from here");
      Response response;
      response.body(heard_ + std::to_string(joined_), "text/plain");
      return response;
    });
  }

 private:
  Redis& redis_;
  const RedisScript script_{"return ARGV[1]"};
  std::string heard_;
  int joined_ = 0;
};

struct RedisOfATest : ::testing::Test {
  RedisOfATest() {
    gateway.load<Counting>();
    gateway.route("{match: {path: /counted}, use: [counting], respond: {body: passed}}");
    gateway.redis("shared", [this](const RedisWords& words) {
      asked.push_back(words);
      return RedisReply::of("yes");
    });
  }
  Gateway gateway;
  std::vector<RedisWords> asked;
};

TEST_F(RedisOfATest, GetsTheWordsAndGivesTheAnswer) {
  const Reply reply = gateway.get("/counted");
  EXPECT_EQ(reply.status, Status::Conflict);
  EXPECT_NE(reply.body.find("\"yes\""), std::string::npos) << reply.body;
  ASSERT_EQ(asked.size(), 1U);
  const RedisWords expected{"EVALSHA", std::string(RedisScript("return ARGV[1]").sha1()),
                            "1",       "key",
                            "1",       std::string("a\0b", 3)};
  EXPECT_EQ(asked[0], expected);
  EXPECT_EQ(gateway.get("/counting/read").body, "yes");
}

TEST_F(RedisOfATest, IsAwayWhenTheTestSaysSo) {
  gateway.redis("shared", Gateway::Reach::Away);
  EXPECT_NE(gateway.get("/counted").body.find("not connected"), std::string::npos);
  EXPECT_TRUE(asked.empty());
  gateway.redis("shared", Gateway::Reach::Here);
  EXPECT_NE(gateway.get("/counted").body.find("yes"), std::string::npos);
}

TEST_F(RedisOfATest, CarriesMessages) {
  gateway.start();
  EXPECT_EQ(gateway.redis_message("news", "hello"), 1U);
  EXPECT_EQ(gateway.redis_message("other", "hello"), 0U);
  gateway.redis("shared", Gateway::Reach::Away);
  EXPECT_EQ(gateway.redis_message("news", "lost"), 0U);
  gateway.redis("shared", Gateway::Reach::Here);
  EXPECT_EQ(gateway.get("/counting/heard").body, "hello2") << "joined again";
  EXPECT_EQ(asked.back(), (RedisWords{"PUBLISH", "news", "from here"}));
}

TEST(RedisOfAFile, ThatIsMissingIsSaidWithWhatToWrite) {
  Gateway none;
  none.load<Counting>();
  EXPECT_NE(none.problems().find("it needs a Redis, and the file has none; write `redis: {shared: "
                                 "{url: \"redis://127.0.0.1:6379/0\"}}`"),
            std::string::npos)
      << none.problems();
  Gateway other;
  other.redis("shared").load<Counting>("{redis: sharde}");
  EXPECT_NE(other.problems().find("there is no redis.sharde in the file; did you mean shared?"),
            std::string::npos)
      << other.problems();
  Gateway several;
  several.redis("one").redis("two").load<Counting>();
  EXPECT_NE(several.problems().find("it must name its Redis, for the file has several: one, two"),
            std::string::npos)
      << several.problems();
}

}  // namespace
}  // namespace portico::testing
