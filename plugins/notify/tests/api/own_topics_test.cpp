// SPDX-License-Identifier: Apache-2.0
// Topics and streams as requests see them. A test's answer that stays open ends after a second.
#include "api/own_site.h"

#include <array>

namespace portico::notify::test {
namespace {

std::string event(std::int64_t seq, std::string_view payload, std::string_view name = "news") {
  return "id: " + std::to_string(seq) + "\nevent: " + std::string(name) +
         "\ndata: " + std::string(payload) + "\n\n";
}

class TopicsApi : public ::testing::Test {
 public:
  /// Without the first line, which says when to come back.
  std::string stream(std::string_view user, std::string_view topic, std::string_view seen = {},
                     const OwnSite::Fields& more = {}) {
    OwnSite::Fields fields(more);
    if (!seen.empty()) fields.emplace_back("Last-Event-ID", seen);
    const Reply reply = site.get(user, "/topics/" + std::string(topic) + "/stream", fields);
    EXPECT_EQ(reply.status, Status::Ok) << reply.body;
    EXPECT_TRUE(reply.body.starts_with("retry: ")) << reply.body;
    return reply.body.substr(reply.body.find("\n\n") + 2);
  }
  int try_stream(std::string_view user, std::string_view topic) {
    return status_of(site.get(user, "/topics/" + std::string(topic) + "/stream"));
  }

  OwnSite site;
};

TEST_F(TopicsApi, NumberWhatIsSaidOnEach) {
  EXPECT_EQ(site.publish("orders"), 1);
  EXPECT_EQ(site.publish("orders"), 2);
  EXPECT_EQ(site.publish("bills"), 1);
}

TEST_F(TopicsApi, StreamWhatComes) {
  site.subscribe("orders", "ada");
  site.publish("orders", R"("before")");
  site.meanwhile = [&] {
    site.say("orders", R"({"n":1})");
    site.gateway.advance(1s);
  };
  EXPECT_EQ(stream("ada", "orders"), event(2, R"({"n":1})"));
}

// Case 151: resume with Last-Event-ID has no gap.
TEST_F(TopicsApi, GoOnBehindTheLastEventId) {
  site.subscribe("orders", "ada");
  for (int i = 1; i <= 5; ++i) site.publish("orders", std::to_string(i));
  site.meanwhile = [&] {
    site.say("orders", "6");
    site.gateway.advance(1s);
  };
  EXPECT_EQ(stream("ada", "orders", "3"), event(4, "4") + event(5, "5") + event(6, "6"));
  EXPECT_EQ(stream("ada", "orders", "0").find(event(1, "1")), 0U);
}

TEST_F(TopicsApi, TakeWhatWasSeenFromTheQueryToo) {
  site.subscribe("orders", "ada");
  site.publish("orders");
  site.publish("orders", "2");
  const Reply reply = site.get("ada", "/topics/orders/stream?last_event_id=1");
  EXPECT_TRUE(reply.body.ends_with("\n\n" + event(2, "2"))) << reply.body;
}

TEST_F(TopicsApi, SayWhatWasPurged) {
  site.subscribe("orders", "ada");
  for (int i = 1; i <= 4; ++i) site.publish("orders", std::to_string(i));
  site.change("DELETE FROM notify_topic_messages WHERE seq < 4");
  EXPECT_EQ(stream("ada", "orders", "1"), event(3, R"({"from":2,"to":3})", "gap") + event(4, "4"));
}

// Case 151: another user's topic.
TEST_F(TopicsApi, AreForbiddenToWhoIsNotSubscribed) {
  site.publish("orders");
  site.subscribe("orders", "ada");
  EXPECT_EQ(try_stream("ada", "orders"), 200);
  EXPECT_EQ(try_stream("bob", "orders"), 403);
  EXPECT_EQ(try_stream("bob", "nothing"), 403) << "whether there is one is not told";
  EXPECT_EQ(try_stream("bob", "A%20b"), 403);
  EXPECT_EQ(try_stream("", "orders"), 401);
  EXPECT_EQ(try_stream("ada", "user.ada"), 200);
  EXPECT_EQ(try_stream("bob", "user.ada"), 403);
  site.change("INSERT INTO notify_subscriptions VALUES ('user.ada', 'bob', 1)");
  EXPECT_EQ(try_stream("bob", "user.ada"), 403) << "whatever the tables say";
}

TEST_F(TopicsApi, AreForbiddenToForeignUsersOfTheSameName) {
  site.subscribe("orders", "ada");
  const Reply reply =
      site.get("ada", "/topics/user.ada/stream", {{"X-Issuer", "https://elsewhere"}});
  EXPECT_EQ(status_of(reply), 403);
  EXPECT_EQ(code_of(reply), "foreign_user");
}

TEST_F(TopicsApi, TellUsersOfTheirInbox) {
  site.meanwhile = [&] {
    site.change("UPDATE notify_topics SET last_seq = last_seq");
    site.gateway.advance(1s);
  };
  site.put_into_inbox("ada", "Hello");
  const std::string told = stream("ada", "user.ada", "0");
  EXPECT_TRUE(told.starts_with("id: 1\nevent: inbox\ndata: {\"id\":\"")) << told;
  EXPECT_NE(told.find(R"("title":"Hello"})"), std::string::npos) << told;
}

TEST_F(TopicsApi, OfUsersAreWrittenByMessagesAlone) {
  const std::string body = R"({"event":"news","payload":1})";
  for (const char* topic : {"user.ada", "user.root", "user."}) {
    const Reply reply =
        site.call("ada", "POST", "/topics/" + std::string(topic) + "/publish", body);
    EXPECT_EQ(status_of(reply), 403) << topic;
    EXPECT_EQ(code_of(reply), "topic_reserved");
  }
  EXPECT_EQ(status_of(site.call("root", "PUT", "/topics/user.ada/subscriptions/bob")), 403);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_topic_messages"), 0);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_subscriptions"), 0);
}

TEST_F(TopicsApi, EndForWhoMayListenNoLonger) {
  site.subscribe("orders", "ada");
  site.meanwhile = [&] {
    site.change("DELETE FROM notify_subscriptions");
    site.gateway.advance(5s);
    site.say("orders", "\"secret\"");
    site.gateway.advance(1s);
  };
  EXPECT_EQ(stream("ada", "orders").find("secret"), std::string::npos);
  EXPECT_EQ(status_of(site.call("root", "DELETE", "/topics/orders/subscriptions/ada")), 404);
}

TEST_F(TopicsApi, EndWithTheLogin) {
  site.subscribe("orders", "ada");
  stream("ada", "orders", {}, {{"X-Expires", "60"}});
  EXPECT_FALSE(site.gateway.logged("ended an answer that was open"));
  stream("ada", "orders", {}, {{"X-Expires", "1"}});
  EXPECT_TRUE(site.gateway.logged("ended an answer that was open"));
}

TEST_F(TopicsApi, GiveTheirPlaceBackWhenTheyEnd) {
  site.subscribe("orders", "ada");
  for (int i = 0; i < 30; ++i) EXPECT_EQ(try_stream("ada", "orders"), 200);
  site.meanwhile = [&] {
    site.gateway.advance(1s);
    EXPECT_EQ(site.gateway.gauge("notify_streams"), 1);
  };
  try_stream("ada", "orders");
  site.gateway.advance(1s);
  EXPECT_EQ(site.gateway.gauge("notify_streams"), 0);
}

TEST_F(TopicsApi, AnswerAWebSocketThatIsNone) {
  site.subscribe("orders", "ada");
  const Reply reply =
      site.get("ada", "/topics/orders/stream", {{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}});
  EXPECT_EQ(status_of(reply), 426);
  EXPECT_EQ(status_of(site.get("bob", "/topics/orders/stream", {{"Sec-WebSocket-Key", "x"}})), 403);
}

TEST_F(TopicsApi, AreNotKeptByCaches) {
  const Reply reply = site.get("ada", "/topics/user.ada/stream");
  EXPECT_EQ(reply.header("Content-Type"), "text/event-stream");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
}

TEST_F(TopicsApi, RefuseWhatCannotBeSaid) {
  const auto code = [&](std::string_view topic, std::string_view body) {
    const Reply reply =
        site.call("root", "POST", "/topics/" + std::string(topic) + "/publish", body);
    return std::to_string(status_of(reply)) + " " + code_of(reply);
  };
  EXPECT_EQ(code("Orders", R"({"event":"a","payload":1})"), "422 topic_invalid");
  EXPECT_EQ(code("orders", R"({"event":"gap","payload":1})"), "422 event_invalid");
  EXPECT_EQ(code("orders", R"({"event":"a\nid: 9","payload":1})"), "422 event_invalid");
  EXPECT_TRUE(code("orders", R"({"event":"a"})").starts_with("422 "));
  EXPECT_TRUE(code("orders", R"({"event":"a","payload":"\u0000"})").starts_with("400 "));
  EXPECT_TRUE(code("orders", R"({"payload":1})").starts_with("422 "));
  EXPECT_TRUE(code("orders", R"({"event":"a","payload":1,"more":1})").starts_with("422 "));
  const auto large = [](std::size_t size) {
    return R"({"event":"a","payload":")" + std::string(size - 2, 'x') + "\"}";
  };
  EXPECT_EQ(code("orders", large(16ULL * 1024 + 1)), "413 payload_too_large");
  EXPECT_EQ(code("orders", large(16ULL * 1024)), "202 ");
  EXPECT_TRUE(code("orders", large(64ULL * 1024)).starts_with("413 "));
}

TEST_F(TopicsApi, TakeAnyJson) {
  site.subscribe("orders", "ada");
  const std::array payloads{R"(null)", R"("a\nb '; DROP TABLE x; --")", R"([1,{"a":[]}])",
                            R"(12345678901234567890)", R"("ä\u2028")"};
  std::string all;
  std::int64_t seq = 0;
  for (const std::string_view payload : payloads) {
    EXPECT_EQ(site.publish("orders", payload), ++seq);
  }
  const std::string told = stream("ada", "orders", "0");
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), seq * 4) << told;
}

TEST_F(TopicsApi, RefuseWhatNobodyCanHaveSeen) {
  site.subscribe("orders", "ada");
  for (const char* seen : {"x", "-1", "1'; DROP", "99999999999999999999", "1.5", "1 "}) {
    const Reply reply = site.get("ada", "/topics/orders/stream", {{"Last-Event-ID", seen}});
    EXPECT_EQ(status_of(reply), 422) << seen;
  }
}

TEST_F(TopicsApi, SubscribeWhoThereIs) {
  EXPECT_EQ(status_of(site.call("root", "PUT", "/topics/orders/subscriptions/nobody")), 404);
  EXPECT_EQ(status_of(site.call("root", "PUT", "/topics/orders/subscriptions/ada")), 204);
  EXPECT_EQ(status_of(site.call("root", "PUT", "/topics/orders/subscriptions/ada")), 204);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_subscriptions"), 1);
  EXPECT_EQ(status_of(site.call("root", "DELETE", "/topics/orders/subscriptions/ada")), 204);
  EXPECT_EQ(status_of(site.call("root", "DELETE", "/topics/orders/subscriptions/ada")), 404);
}

// Case 109 and 150: nobody subscribes themselves or others, or speaks, without the permission.
TEST(TopicsApiAlone, NeedPermissions) {
  OwnSite site(Holds::Nothing);
  const std::string body = R"({"event":"news","payload":1})";
  EXPECT_EQ(status_of(site.call("ada", "POST", "/topics/orders/publish", body)), 403);
  EXPECT_EQ(status_of(site.call("ada", "PUT", "/topics/orders/subscriptions/ada")), 403);
  EXPECT_EQ(status_of(site.call("ada", "PUT", "/topics/orders/subscriptions/bob")), 403);
  EXPECT_EQ(status_of(site.call("ada", "DELETE", "/topics/orders/subscriptions/bob")), 403);
  const std::string message = R"({"to":{"user_id":"bob"},"content":{"title":"a","body":"b"}})";
  EXPECT_EQ(status_of(site.call("ada", "POST", "/messages", message)), 403);
}

class TopicsOfNodes : public ::testing::Test {
 public:
  TopicsOfNodes() { site.subscribe("orders", "ada"); }
  std::string stream() { return site.get("ada", "/topics/orders/stream").body; }
  void hear(std::string_view message) {
    EXPECT_EQ(site.gateway.redis_message("portico:notify:topics", message), 1U);
  }

  OwnSite site{Holds::Everything, "redis: shared\n"};
};

TEST_F(TopicsOfNodes, TellTheOthersByRedis) {
  site.publish("orders");
  site.call("root", "DELETE", "/topics/orders/subscriptions/ada");
  EXPECT_EQ(site.published, (std::vector<std::string>{"said orders 1", "left orders ada"}));
}

TEST_F(TopicsOfNodes, HearOfTheOthersAtOnce) {
  site.meanwhile = [&] {
    site.say("orders", "7");
    hear("said orders 1");
    site.gateway.advance(50ms);
  };
  EXPECT_TRUE(stream().ends_with(event(1, "7")));
}

TEST_F(TopicsOfNodes, EndForWhoMayListenNoLongerAtOnce) {
  site.meanwhile = [&] {
    hear("left orders ada");
    site.gateway.advance(50ms);
    site.say("orders", "7");
    site.gateway.advance(1s);
  };
  EXPECT_EQ(stream().find("data:"), std::string::npos);
}

TEST_F(TopicsOfNodes, HearNothingThatIsNoNews) {
  site.meanwhile = [&] {
    for (const char* message : {"", "said", "said ", "said ../x 1", "left orders", "said orders x",
                                "said user.ada 1", "drop orders"}) {
      hear(message);
    }
    site.gateway.advance(1s);
  };
  EXPECT_EQ(stream().find("data:"), std::string::npos);
}

}  // namespace
}  // namespace portico::notify::test
