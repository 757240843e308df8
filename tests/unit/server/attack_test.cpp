// SPDX-License-Identifier: Apache-2.0
// What a hostile client tries.
#include "unit/server/harness.h"

#include <atomic>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace portico::server {
namespace {

using How = Outcome::How;

class ServerAttack : public ServerTest {
 protected:
  void expect_alive() { EXPECT_EQ(status_of(ask(get("/ok"))), 200); }
  void expect_empty() {
    EXPECT_TRUE(eventually([this] { return server_->connections() == 0; }));
  }
};

TEST_F(ServerAttack, IsRefusedWithAProblemThatPluginsMayDecorate) {
  start();
  const std::string answer = ask("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(status_of(answer), 400);
  EXPECT_TRUE(has(answer, "Content-Type: application/problem+json")) << answer;
  EXPECT_TRUE(has(answer, "X-Early: yes")) << answer;
  EXPECT_TRUE(has(answer, "Connection: close")) << answer;
  EXPECT_EQ(body_of(ask("HEAD /.. HTTP/1.1\r\nHost: a\r\n\r\n")), "");
  EXPECT_TRUE(journal_.outcomes().empty());
}

TEST_F(ServerAttack, GetsTheStatusThatFits) {
  start();
  const std::vector<std::pair<std::string, int>> attacks{
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"GE", 0},  // Too little to judge, then gone.
      {std::string("\x16\x03\x01\0\0", 5), 400},
      {"GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET http://b/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
       404},  // The absolute form wins.
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\n\r\n",
       400},
      {"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n", 400},
      {"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n", 431},
      {"GET /throws HTTP/1.1\r\nHost: a\r\n\r\n", 500},
  };
  for (const auto& [bytes, status] : attacks) {
    Client client = connect();
    client.send(bytes);
    if (status == 0) client.finish_sending();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(status_of(client.read_all()), status) << bytes.substr(0, 60);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s) << bytes.substr(0, 60);
  }
  expect_alive();
}

TEST_F(ServerAttack, CannotSmuggleASecondRequest) {
  std::atomic<int> served{0};
  site_->rule("/secret", [&served](Request&) {
    ++served;
    return reply(Response());
  });
  start();
  const std::string answer = ask(post("/ok", "12345") + get("/secret") + get("/secret"));
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << answer;
  // The body that nobody read must not be taken for a request either.
  EXPECT_EQ(ask(post("/ok", get("/secret"))).find("HTTP/1.1", 1), std::string::npos);
  EXPECT_EQ(served, 0);
}

TEST_F(ServerAttack, GetsItsAnswerThoughItSendsMore) {
  options_.limits.linger_bytes = 64 << 20;
  start();
  EXPECT_EQ(status_of(ask(post("/nowhere", std::string(5 << 20, 'x')))), 404);
}

TEST_F(ServerAttack, IsNotListenedToForEverAfterItsAnswer) {
  options_.limits.linger_timeout = 30ms;
  start();
  Client client = connect();
  client.send(last_get("/ok"));
  EXPECT_EQ(status_of(client.read_all()), 200);
  expect_empty();  // Though the client never closes.
}

TEST_F(ServerAttack, SendsAHeadTooSlowly) {
  options_.limits.header_timeout = 60ms;
  start();
  Client silent = connect();
  Client slow = connect();
  slow.send("GET / HTTP/1.1\r\nHost: a\r\nX-");
  EXPECT_EQ(status_of(slow.read_all()), 408);
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_EQ(silent.error(), 0);
}

TEST_F(ServerAttack, KeepsAHeadOpenByOneByteAtATime) {
  options_.limits.header_timeout = 60ms;
  start();
  Client client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  const bool ended = eventually([&client] {
    client.send("x");
    pollfd wait{client.descriptor(), POLLIN, 0};
    return ::poll(&wait, 1, 0) == 1;
  });
  EXPECT_TRUE(ended);
  EXPECT_EQ(status_of(client.read_all()), 408);
}

TEST_F(ServerAttack, NeverReadsItsAnswer) {
  options_.limits.idle_timeout = 60ms;
  site_->rule("/big", [](Request&) {
    Response response;
    response.body(std::string(32 << 20, 'x'), "text/plain");
    return reply(std::move(response));
  });
  start();
  Client client = connect();
  client.send(get("/big"));
  ASSERT_TRUE(eventually([this] { return journal_.outcomes().size() == 1; }));
  EXPECT_EQ(journal_.outcomes()[0].how, How::ClientGone);
  expect_alive();
}

TEST_F(ServerAttack, LeavesInTheMiddle) {
  start();
  connect().send("GET / HT").close();
  connect().send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc").close();
  connect()
      .send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
      .finish_sending();
  expect_empty();
  expect_alive();
}

TEST_F(ServerAttack, LeavesWhileItsAnswerIsAwaited) {
  start();
  Client closed = connect();
  closed.send(get("/wait"));
  Client half = connect();
  half.send(get("/wait"));
  ASSERT_TRUE(eventually([this] { return server_->connections() == 2; }));
  ASSERT_EQ(status_of(ask(get("/ok"))), 200);
  closed.close();
  half.finish_sending();
  ASSERT_TRUE(eventually([this] { return journal_.outcomes().size() == 3; }));
  EXPECT_EQ(journal_.outcomes()[1].how, How::ClientGone);
  EXPECT_EQ(journal_.outcomes()[2].how, How::ClientGone);
  expect_empty();
}

TEST_F(ServerAttack, LeavesWhileAWorkerHoldsItsRequest) {
  std::atomic<bool> entered{false};
  std::atomic<bool> go{false};
  site_->handler("/slow", [&](Request& request) {
    entered = true;
    eventually([&go] { return go.load(); });
    Response response;
    response.body(std::string(request.path()), "text/plain");
    return response;
  });
  start();
  Client client = connect();
  client.send(last_get("/slow"));
  ASSERT_TRUE(eventually([&entered] { return entered.load(); }));
  client.close();
  expect_alive();
  // Nothing is freed, and nothing has ended, before the worker is back.
  EXPECT_TRUE(eventually([this] { return server_->connections() == 1; }));
  EXPECT_EQ(journal_.outcomes().size(), 1u);
  go = true;
  expect_empty();
  ASSERT_EQ(journal_.outcomes().size(), 2u);
  EXPECT_EQ(journal_.outcomes()[1].how, How::ClientGone);
}

TEST_F(ServerAttack, OpensMoreConnectionsThanAllowed) {
  options_.limits.connections = 2;
  admin_->rule("/health", [](Request&) { return reply(Response()); });
  start();
  Client first = connect();
  Client second = connect();
  ASSERT_TRUE(eventually([this] { return server_->connections() == 2; }));
  Client third = connect();
  third.send(last_get("/ok"));
  pollfd wait{third.descriptor(), POLLIN, 0};
  EXPECT_EQ(::poll(&wait, 1, 50), 0);
  // Who asks how it is gets an answer.
  EXPECT_EQ(status_of(ask(get("/health"), 1)), 200);
  first.close();
  EXPECT_EQ(status_of(third.read_all()), 200);
}

TEST_F(ServerAttack, OpensMoreConnectionsThanOneClientMay) {
  options_.limits.connections_per_client = 2;
  admin_->rule("/health", [](Request&) { return reply(Response()); });
  start();
  Client first = connect();
  Client second = connect();
  ASSERT_TRUE(eventually([this] { return server_->connections() == 2; }));
  EXPECT_EQ(ask(get("/ok")), "");
  EXPECT_EQ(status_of(ask(get("/health"), 1)), 200);
  first.close();
  ASSERT_TRUE(eventually([this] { return server_->connections() == 1; }));
  expect_alive();
}

TEST_F(ServerAttack, OpensAThousandConnections) {
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  files.rlim_cur = files.rlim_max;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
  options_.limits.connections_per_client = 2000;
  start();
  std::vector<Client> clients;
  for (int i = 0; i < 1000; ++i) clients.push_back(connect());
  for (std::size_t i = 0; i < clients.size(); ++i) {
    clients[i].send(i % 2 == 0 ? last_get("/ok") : "GET /ok HTTP/1.1\r\nConnection: close\r\nHo");
  }
  for (std::size_t i = 0; i < clients.size(); i += 2) {
    ASSERT_EQ(status_of(clients[i].read_all()), 200) << i;
  }
  for (std::size_t i = 1; i < clients.size(); i += 2) {
    ASSERT_EQ(status_of(clients[i].send("st: a\r\n\r\n").read_all()), 200) << i;
  }
  clients.clear();
  expect_empty();
}

TEST_F(ServerAttack, SendsGarbage) {
  start();
  std::mt19937 random(11);
  const std::string valid =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX: "
      "y\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (int i = 0; i < 400; ++i) {
    std::string bytes = valid;
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0: bytes[at] = static_cast<char>(random()); break;
        case 1: bytes.erase(at, 1 + random() % 5); break;
        default: bytes.insert(at, 1, "\r\n :;0\t"[random() % 7]);
      }
      if (bytes.empty()) bytes = "x";
    }
    Client client = connect();
    client.send(bytes).finish_sending();
    const std::string answer = client.read_all();
    EXPECT_TRUE(answer.empty() || status_of(answer) >= 200) << bytes << "\n---\n" << answer;
  }
  expect_empty();
  expect_alive();
}

}  // namespace
}  // namespace portico::server
