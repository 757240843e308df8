// SPDX-License-Identifier: Apache-2.0
#include "services/events/bus.h"
#include "services/log/capture.h"

#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::services {
namespace {

class EventBusTest : public ::testing::Test {
 protected:
  /// Hears everything of that pattern.
  void listen(EventBus& bus, const void* owner, const std::string& pattern) {
    bus.listen(owner, "ears", pattern, [this](const Event& event) {
      heard_.push_back(std::string(event.name) + ' ' + std::string(event.data));
    });
  }

  CapturingSink log_;
  EventBus bus_{base::system_clock(), log_, EventBus::Pace::Stepped};
  std::vector<std::string> heard_;
  int owner_ = 0;
  int other_ = 0;
};

TEST_F(EventBusTest, TellsWhoListensToThatName) {
  listen(bus_, &owner_, "upstream.down");
  bus_.publish("proxy", "upstream.down", {{"upstream", "a\"b"}, {"target", "c"}});
  bus_.publish("proxy", "upstream.up", {});
  bus_.publish("proxy", "upstream.down.more", {});
  EXPECT_EQ(heard_, std::vector<std::string>{R"(upstream.down {"upstream":"a\"b","target":"c"})"});
}

TEST_F(EventBusTest, TellsWhoListensToAllThatBeginSo) {
  listen(bus_, &owner_, "upstream.*");
  listen(bus_, &other_, "*");
  bus_.publish("proxy", "upstream.up", {});
  bus_.publish("auth", "upstreams.up", {});
  bus_.publish("auth", "upstream", {});
  EXPECT_EQ(heard_, (std::vector<std::string>{"upstream.up {}", "upstream.up {}", "upstreams.up {}",
                                              "upstream {}"}));
}

TEST_F(EventBusTest, RefusesWhatIsNoName) {
  for (const char* name : {"", ".", "a.", ".a", "a..b", "A", "a b", "a-b", "*", "a.*", "a\n"}) {
    EXPECT_THROW(bus_.publish("proxy", name, {}), std::invalid_argument) << name;
  }
  for (const char* pattern : {"", "a*", "*.a", "a.*.b", ".*", "A"}) {
    EXPECT_THROW(listen(bus_, &owner_, pattern), std::invalid_argument) << pattern;
  }
}

TEST_F(EventBusTest, ForgetsWhoIsGone) {
  listen(bus_, &owner_, "*");
  listen(bus_, &other_, "a");
  bus_.forget(&owner_);
  bus_.publish("x", "a", {});
  EXPECT_EQ(heard_.size(), 1U);
}

TEST_F(EventBusTest, TellsOfAnEventThatAListenerPublishesBehindItsOwn) {
  bus_.listen(&owner_, "ears", "a", [this](const Event&) { bus_.publish("ears", "b", {}); });
  listen(bus_, &other_, "*");
  bus_.publish("x", "a", {});
  EXPECT_EQ(heard_, (std::vector<std::string>{"a {}", "b {}"}));
}

TEST_F(EventBusTest, OutlivesAListenerThatForgetsItself) {
  bus_.listen(&owner_, "ears", "a", [this](const Event&) {
    bus_.forget(&owner_);
    heard_.emplace_back("once");
  });
  bus_.publish("x", "a", {});
  bus_.publish("x", "a", {});
  EXPECT_EQ(heard_, std::vector<std::string>{"once"});
}

TEST_F(EventBusTest, LogsWhatAListenerThrowsAndGoesOn) {
  bus_.listen(&owner_, "ears", "a", [](const Event&) { throw std::runtime_error("no ears"); });
  bus_.listen(&owner_, "ears", "a", [](const Event&) { throw 7; });
  listen(bus_, &other_, "a");
  bus_.publish("x", "a", {});
  EXPECT_EQ(heard_.size(), 1U);
  ASSERT_EQ(log_.records().size(), 2U);
  EXPECT_EQ(log_.records()[0].component, "ears");
}

TEST_F(EventBusTest, RemembersTheNewest) {
  for (int i = 0; i < 150; ++i) bus_.publish("x", "a", {{"n", std::to_string(i)}});
  const auto recent = bus_.recent();
  ASSERT_EQ(recent.size(), EventBus::MostRecent);
  EXPECT_EQ(recent.back().data, R"({"n":"149"})");
  EXPECT_EQ(recent.front().data, R"({"n":"50"})");
}

TEST_F(EventBusTest, TellsOnAThreadOfItsOwnInTheOrderOfPublication) {
  std::promise<std::thread::id> told;
  {
    EventBus bus(base::system_clock(), log_);
    listen(bus, &owner_, "*");
    bus.listen(&owner_, "ears", "end",
               [&](const Event&) { told.set_value(std::this_thread::get_id()); });
    for (int i = 0; i < 100; ++i) bus.publish("x", "a", {{"n", std::to_string(i)}});
    bus.publish("x", "end", {});
    EXPECT_NE(told.get_future().get(), std::this_thread::get_id());
  }
  ASSERT_EQ(heard_.size(), 101U);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(heard_[i], "a {\"n\":\"" + std::to_string(i) + "\"}");
  }
}

TEST_F(EventBusTest, WaitsForTheCallOfWhoIsForgotten) {
  EventBus bus(base::system_clock(), log_);
  std::promise<void> began;
  std::promise<void> goes_on;
  bool over = false;
  bus.listen(&owner_, "ears", "a", [&](const Event&) {
    began.set_value();
    goes_on.get_future().wait();
    over = true;
  });
  bus.publish("x", "a", {});
  began.get_future().wait();
  // What more waits is bounded while a listener is slow.
  for (std::size_t i = 0; i < EventBus::MostWaiting + 5; ++i) bus.publish("x", "a", {});
  EXPECT_EQ(bus.lost(), 5U);
  std::jthread forgets([&] {
    bus.forget(&owner_);
    EXPECT_TRUE(over);
  });
  goes_on.set_value();
}

}  // namespace
}  // namespace portico::services
