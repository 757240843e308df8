// SPDX-License-Identifier: Apache-2.0
// Several requests over one connection.
#include "unit/server/harness.h"

#include <atomic>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

using ServerKeepAlive = ServerTest;

TEST_F(ServerKeepAlive, ServesOneRequestAfterTheOther) {
  start();
  Client client = connect();
  for (int i = 0; i < 3; ++i) {
    const std::string answer = client.send(get("/ok")).read_answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_FALSE(has(answer, "Connection:")) << answer;
    EXPECT_EQ(body_of(client.send(post("/echo", "body")).read_answer()), "body");
    EXPECT_EQ(status_of(client.send(get("/nothing")).read_answer()), 404);
  }
  EXPECT_EQ(server_->connections(), 1U);
}

TEST_F(ServerKeepAlive, AnswersPipelinedRequestsInOrder) {
  start();
  Client client = connect();
  std::string requests;
  for (int i = 0; i < 500; ++i) requests += post("/echo", "number " + std::to_string(i));
  client.send(requests + last_get("/ok"));
  const std::string answers = client.read_all();
  std::size_t at = 0;
  for (int i = 0; i < 500; ++i) {
    const std::size_t found = answers.find("number " + std::to_string(i), at);
    ASSERT_NE(found, std::string::npos) << i;
    at = found;
  }
  EXPECT_TRUE(answers.ends_with("hello"));
}

TEST_F(ServerKeepAlive, TakesARequestThatIsSplitAnywhere) {
  start();
  const std::string bytes = post("/echo", "abc") + get("/ok");
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    Client client = connect();
    client.send(std::string_view(bytes).substr(0, cut));
    client.send(std::string_view(bytes).substr(cut));
    ASSERT_EQ(body_of(client.read_answer()), "abc") << cut;
    ASSERT_EQ(body_of(client.read_answer()), "hello") << cut;
  }
}

TEST_F(ServerKeepAlive, OldClientsAreKeptWhenTheyAsk) {
  start();
  const std::string closed = connect().send("GET /ok HTTP/1.0\r\n\r\n").read_all();
  EXPECT_TRUE(has(closed, "Connection: close\r\n")) << closed;
  Client client = connect();
  client.send("GET /ok HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(has(client.read_answer(), "Connection: keep-alive\r\n"));
  EXPECT_EQ(status_of(client.send(get("/ok")).read_answer()), 200);
}

TEST_F(ServerKeepAlive, ABodyThatNobodyReadIsSkipped) {
  start();
  Client client = connect();
  client.send(post("/ok", std::string(100'000, 'x')) + get("/echo2"));
  EXPECT_EQ(body_of(client.read_answer()), "hello");
  EXPECT_EQ(status_of(client.read_answer()), 404);
}

TEST_F(ServerKeepAlive, ABodyTooLongToSkipEndsTheConnection) {
  options_.limits.linger_bytes = 1000;
  start();
  const std::string answers = connect().send(post("/ok", std::string(2000, 'x'))).read_all();
  EXPECT_TRUE(has(answers, "Connection: close\r\n")) << answers;
}

TEST_F(ServerKeepAlive, ABodyThatWasNeverAskedForEndsTheConnection) {
  start();
  Client client = connect();
  client.send("POST /ok HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has(answer, "Connection: close\r\n")) << answer;
}

TEST_F(ServerKeepAlive, AnIdleClientIsLetGo) {
  options_.limits.idle_timeout = 40ms;
  start();
  Client client = connect();
  EXPECT_EQ(status_of(client.send(get("/ok")).read_answer()), 200);
  EXPECT_EQ(client.read_all(), "");
  EXPECT_EQ(client.error(), 0);
}

TEST_F(ServerKeepAlive, ADrainEndsTheConnectionAfterItsAnswer) {
  std::atomic<bool> entered{false};
  std::atomic<bool> go{false};
  site_->handler("/slow", [&](Request&) {
    entered = true;
    eventually([&go] { return go.load(); });
    return Response();
  });
  start();
  Client client = connect();
  ASSERT_EQ(status_of(client.send(get("/ok")).read_answer()), 200);
  client.send(get("/slow"));
  ASSERT_TRUE(eventually([&entered] { return entered.load(); }));
  std::thread drainer([this] { EXPECT_TRUE(server_->drain(10s)); });
  EXPECT_TRUE(eventually([this] { return !connect().connected(); }));
  go = true;
  const std::string answer = client.read_all();
  EXPECT_TRUE(has(answer, "Connection: close\r\n")) << answer;
  drainer.join();
}

TEST_F(ServerKeepAlive, AClientThatHangsUpAfterItsRequestIsAnswered) {
  start();
  Client client = connect();
  client.send(get("/ok")).finish_sending();
  EXPECT_EQ(status_of(client.read_all()), 200);
}

TEST_F(ServerKeepAlive, ServesFromSeveralLanes) {
  options_.lanes = 3;
  start();
  for (int i = 0; i < 60; ++i) ASSERT_EQ(status_of(ask(get("/ok"))), 200);
  server_->stop();
  EXPECT_EQ(server_->connections(), 0U);
}

}  // namespace
}  // namespace portico::server
