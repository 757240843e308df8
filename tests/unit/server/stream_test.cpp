// SPDX-License-Identifier: Apache-2.0
// Answers that stay open, through a running server.
#include "unit/server/harness.h"
#include <portico/stream.h>

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

class StreamTest : public ServerTest {
 protected:
  StreamTest() {
    site_->handler("/events", [this](Request&) {
      const Events events;
      events.on_close([this] { closed_ = true; });
      events.send("hello");
      const std::lock_guard lock(mutex_);
      events_ = events;
      return events.response();
    });
  }
  bool send(std::string_view data) {
    const std::lock_guard lock(mutex_);
    return events_->send(data);
  }

  std::mutex mutex_;
  std::optional<Events> events_;
  std::atomic<bool> closed_ = false;
};

TEST_F(StreamTest, EachEventComesAtOnce) {
  start();
  Client client = connect();
  client.send(get("/events"));
  const std::string head = client.read_until("\r\n\r\n");
  EXPECT_TRUE(has(head, "\r\nContent-Type: text/event-stream\r\n")) << head;
  EXPECT_TRUE(has(head, "\r\nTransfer-Encoding: chunked\r\n")) << head;
  EXPECT_EQ(client.read_until("\n\n\r\n"), "d\r\ndata: hello\n\n\r\n");
  send("two");
  EXPECT_EQ(client.read_until("\n\n\r\n"), "b\r\ndata: two\n\n\r\n");
  events_->end();
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "0\r\n\r\n");
  EXPECT_TRUE(eventually([this] { return closed_.load(); }));
  EXPECT_EQ(status_of(client.send(get("/ok")).read_answer()), 200) << "the connection goes on";
}

TEST_F(StreamTest, TellsTheWriterThatTheClientHasGone) {
  start();
  Client client = connect();
  client.send(get("/events"));
  client.read_until("hello\n\n");
  client.close();
  EXPECT_TRUE(eventually([this] { return closed_.load(); }));
  EXPECT_FALSE(send("late"));
}

TEST_F(StreamTest, EndsWellWhenTheServerDrains) {
  start();
  Client client = connect();
  client.send(get("/events"));
  client.read_until("hello\n\n");
  std::string last;
  std::thread reader([&] { last = client.read_all(); });
  EXPECT_TRUE(server_->drain(10s));
  reader.join();
  EXPECT_TRUE(last.ends_with("0\r\n\r\n")) << last;
}

TEST_F(StreamTest, ASlowClientCostsNoMoreThanItsRoom) {
  start();
  Client client = connect();
  client.send(get("/events"));
  client.read_until("hello\n\n");
  const std::string line(64 * 1024, 'x');
  std::size_t taken = 0;
  // Sockets hold some megabytes; then it is over.
  while (taken < 10'000 && eventually([&] { return send(line); }, 200ms)) ++taken;
  EXPECT_LT(taken * line.size(), std::size_t{64} << 20);
  EXPECT_FALSE(closed_);
}

TEST_F(StreamTest, ManyThreadsMayWrite) {
  start();
  Client client = connect();
  client.send(get("/events"));
  client.read_until("hello\n\n");
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([this] {
      for (int n = 0; n < 250; ++n) eventually([this] { return send("x"); });
    });
  }
  for (std::thread& writer : writers) writer.join();
  send("last");
  const std::string all = client.read_until("data: last\n\n");
  std::size_t count = 0;
  for (std::size_t at = 0; (at = all.find("data: x\n\n", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, 1000U);
}

}  // namespace
}  // namespace portico::server
