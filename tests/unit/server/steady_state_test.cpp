// SPDX-License-Identifier: Apache-2.0
// What a request costs once its connection is warm.
#include "unit/allocations.h"
#include "unit/server/harness.h"
#include "unit/server/origin.h"
#include "upstream/group.h"

#include <atomic>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

class ServerSteadyState : public ServerTest {
 protected:
  void SetUp() override {
    if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  }

  /// How often the lane asks the heap for memory while it serves this request ten times.
  std::size_t cost(const std::string& request) {
    site_->rule("/count", [this](Request&) {
      seen_ = allocations();
      return reply(Response());
    });
    start();
    Client client = connect();
    for (int i = 0; i < 5; ++i) client.send(request).read_answer();
    const std::size_t before = count(client);
    for (int i = 0; i < 10; ++i) client.send(request).read_answer();
    return count(client) - before;
  }

 private:
  std::size_t count(Client& client) {
    client.send(get("/count")).read_answer();
    return seen_;
  }

  std::atomic<std::size_t> seen_{0};
};

TEST_F(ServerSteadyState, AllocatesNothingForAReply) {
  site_->link([](Request& request) {
    return pass([id = request.id()](Response& response) { response.headers().set("X-Id", id); });
  });
  site_->rule("/linked", [](Request& request) {
    Response response;
    response.body(request.path(), "text/plain");
    return reply(std::move(response));
  });
  EXPECT_EQ(cost("GET /linked?a=b HTTP/1.1\r\nHost: Example.COM:80\r\nUser-Agent: test\r\n"
                 "Accept: */*\r\nX-Forwarded-For: 1.2.3.4\r\nCookie: a=b\r\n\r\n"),
            0U);
}

TEST_F(ServerSteadyState, AllocatesNothingForALineOfTheAccessLog) {
  services::AccessLog access(
      1, [] {}, log_);
  access_log_ = &access;
  site_->log_access(services::AccessFormat::Json);
  EXPECT_EQ(cost("GET /ok?token=a HTTP/1.1\r\nHost: a\r\nUser-Agent: te\"st\r\n\r\n"), 0U);
  server_->stop();  // It writes to `access` until then.
  EXPECT_FALSE(access.lines().empty());
}

TEST_F(ServerSteadyState, AllocatesNothingForAForwardedRequest) {
  Origin origin;
  const auto upstream = std::make_shared<detail::UpstreamState>(UpstreamOptions{.name = "up"});
  upstream->publish({{.address = origin.address()}}, {});
  site_->rule("/up", [&](Request&) { return forward({.upstream = upstream.get()}); });
  std::jthread answers([&] {
    Client asked = origin.accept();
    while (!asked.read_until("body").empty()) {
      asked.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-One: 1\r\n\r\nanswer");
    }
  });
  EXPECT_EQ(cost(post("/up?a=b", "body")), 0U);
  server_.reset();  // Ends the connection, and so the thread.
}

TEST_F(ServerSteadyState, AllocatesNothingForAMiss) { EXPECT_EQ(cost(get("/nothing")), 0U); }

TEST_F(ServerSteadyState, AllocatesNothingForABodyOnItsWayToAWorker) {
  EXPECT_EQ(cost(post("/echo", std::string(2000, 'x'))), 0U);
}

}  // namespace
}  // namespace portico::server
