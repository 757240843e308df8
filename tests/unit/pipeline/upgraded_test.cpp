// SPDX-License-Identifier: Apache-2.0
// What follows an answer 101, driven without sockets.
#include "http/receiver.h"
#include "http/response_state.h"
#include "unit/pipeline/simulation.h"
#include <portico/stream.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::pipeline::simulation {
namespace {

/// Another protocol, as the driver sees it.
class Upgraded : public testing::Test {
 protected:
  struct Record {
    std::string received;
    int opened = 0;
    int left = 0;
    int dismissed = 0;
    int closed = 0;
  };
  class Speaker final : public http::Receiver {
   public:
    Speaker(Record& record, Feed feed) : record_(record), feed_(std::move(feed)) {}
    void opened(loop::Executor&) noexcept override { ++record_.opened; }
    void received(std::string_view bytes) override {
      record_.received += bytes;
      if (bytes == "int") throw 7;
      if (bytes == "error") throw std::runtime_error("received");
    }
    void leave() noexcept override {
      ++record_.left;
      feed_.end();
    }
    void dismiss() noexcept override {
      ++record_.dismissed;
      feed_.end();
    }
    void closed() override { ++record_.closed; }

   private:
    Record& record_;
    Feed feed_;
  };
  void SetUp() override {
    feed.emplace();
    kit.terminal([this](Request&) {
      Response answer = stream(*feed, "text/plain");
      answer.status(Status::SwitchingProtocols);
      detail::ResponseState::of(answer).receiver = std::make_unique<Speaker>(record, *feed);
      return reply(std::move(answer));
    });
  }

  Record record;
  std::optional<Feed> feed;
  Kit kit;
};

TEST_F(Upgraded, HearsTheClientAndSaysWhatItLikes) {
  kit.start();
  EXPECT_EQ(kit.line.status, 101);
  EXPECT_EQ(record.opened, 1);
  EXPECT_TRUE(kit.line.reading[Line::index(Way::ToUpstream)]);
  kit.driver.request_body("hello");
  EXPECT_EQ(record.received, "hello");
  feed->write("hi");
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "hi");
  kit.driver.client_gone();
  EXPECT_EQ(record.closed, 1);
}

TEST_F(Upgraded, IsToldWhenWhatLetTheClientInHoldsNoLonger) {
  kit.link([](Request& request) {
    request.keep_open_while([] { return false; });
    return pass();
  });
  kit.start();
  kit.loop.advance(std::chrono::seconds(1));
  kit.loop.run();
  EXPECT_EQ(record.dismissed, 1);
  EXPECT_EQ(record.closed, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(Upgraded, SaysNothingToAClientThatGoesAsItOpens) {
  feed->write("hi");
  kit.line.on_read = [this](Way) { kit.driver.client_gone(); };
  kit.start();
  EXPECT_EQ(record.opened, 1);
  EXPECT_EQ(record.closed, 1);
  EXPECT_EQ(kit.line.to_client, "");
}

TEST_F(Upgraded, HearsNothingAfterItsEnd) {
  kit.start();
  feed->end();
  kit.driver.request_body("late");
  EXPECT_EQ(record.received, "");
  kit.loop.run();
  EXPECT_EQ(kit.outcome().status, Status::SwitchingProtocols);
  EXPECT_EQ(record.closed, 1);
}

TEST_F(Upgraded, IsAskedToLeave) {
  kit.start();
  kit.driver.leave();
  kit.loop.run();
  EXPECT_EQ(record.left, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(Upgraded, WhatItThrowsIsNotedAndItGoesOn) {
  kit.start();
  kit.driver.request_body("int");
  kit.driver.request_body("error");
  ASSERT_EQ(kit.journal.notes.size(), 2U);
  EXPECT_EQ(kit.journal.notes.back().what, "received");
  kit.driver.request_body("!");
  EXPECT_EQ(record.received, "interror!");
  kit.driver.client_gone();
}

TEST_F(Upgraded, TheStreamsOfAFeedHearNothing) {
  kit.start();
  kit.driver.client_gone();
  kit.recycle();
  kit.line.on_head = nullptr;
  Feed other;
  kit.terminal([&other](Request&) { return reply(stream(other, "text/plain")); });
  kit.start();
  kit.driver.request_body("nobody asked");
  EXPECT_EQ(record.received, "");
  kit.driver.client_gone();
}

}  // namespace
}  // namespace portico::pipeline::simulation
