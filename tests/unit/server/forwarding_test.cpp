// SPDX-License-Identifier: Apache-2.0
#include "unit/server/forwarding.h"

#include <thread>

#include <poll.h>

namespace portico::server {
namespace {

TEST_F(UpstreamForwarding, SendsTheRequestAndBringsTheAnswer) {
  start();
  Client client = connect();
  client.send("GET /up?a=1 HTTP/1.1\r\nHost: Example.com:81\r\nX-One: 1\r\nTE: gzip\r\n\r\n");
  Client upstream = origin_.accept();
  EXPECT_EQ(upstream.read_until("\r\n\r\n"),
            "GET /up?a=1 HTTP/1.1\r\nHost: Example.com:81\r\nX-One: 1\r\n\r\n");
  upstream.send("HTTP/1.1 200 OK\r\nX-Two: 2\r\nKeep-Alive: 5\r\nContent-Length: 5\r\n\r\nhello");
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has(answer, "X-Two: 2\r\n"));
  EXPECT_FALSE(has(answer, "Keep-Alive"));
  EXPECT_EQ(body_of(answer), "hello");
}

TEST_F(UpstreamForwarding, UsesAConnectionAgain) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  for (int i = 0; i < 3; ++i) {
    if (i != 0) client.send(get("/up"));
    upstream.read_until("\r\n\r\n");
    upstream.send(ok("again"));
    EXPECT_EQ(body_of(client.read_answer()), "again");
  }
  EXPECT_FALSE(origin_.waits(0));
}

TEST_F(UpstreamForwarding, DoesNotUseAConnectionThatTheUpstreamCloses) {
  start();
  Client client = connect();
  client.send(get("/up"));
  {
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    upstream.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    EXPECT_EQ(body_of(client.read_answer()), "ok");
  }
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send(ok("new"));
  EXPECT_EQ(body_of(client.read_answer()), "new");
}

TEST_F(UpstreamForwarding, TriesAgainWhereARestingConnectionDied) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client first = origin_.accept();
  first.read_until("\r\n\r\n");
  first.send(ok("one"));
  EXPECT_EQ(body_of(client.read_answer()), "one");
  client.send(get("/up"));
  first.read_until("\r\n\r\n");
  first.reset();
  Client second = origin_.accept();
  second.read_until("\r\n\r\n");
  second.send(ok("two"));
  EXPECT_EQ(body_of(client.read_answer()), "two");
}

TEST_F(UpstreamForwarding, NeverSendsAPostTwice) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send(ok("one"));
  EXPECT_EQ(body_of(client.read_answer()), "one");
  client.send(post("/up", "body"));
  upstream.read_until("body");
  upstream.reset();
  EXPECT_EQ(status_of(client.read_answer()), 502);
  EXPECT_FALSE(origin_.waits(0));
}

TEST_F(UpstreamForwarding, RefusedConnectionsAreAnswered502) {
  origin_.close();
  start();
  Client client = connect();
  const std::string answer = client.send(get("/up")).read_answer();
  EXPECT_EQ(status_of(answer), 502);
  EXPECT_TRUE(has(answer, "upstream_unreachable"));
  EXPECT_TRUE(log_.saw("an upstream failed"));
}

TEST_F(UpstreamForwarding, WithoutEndpointsAnswers503) {
  addresses_.clear();
  start();
  const std::string answer = connect().send(get("/up")).read_answer();
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_TRUE(has(answer, "Retry-After: 1\r\n"));
}

TEST_F(UpstreamForwarding, APickerThatThrowsPicksNobody) {
  policy_.pick = [](Choice&) -> std::size_t { throw 7; };
  start();
  Client client = connect();
  EXPECT_EQ(status_of(client.send(get("/up")).read_answer()), 503);
  EXPECT_EQ(status_of(client.send(get("/ok")).read_answer()), 200);
}

TEST_F(UpstreamForwarding, GoesToTheNextEndpointWhereOneRefuses) {
  Origin dead;
  dead.close();
  addresses_ = {dead.address(), origin_.address()};
  how_.tries = 2;
  start();
  Client client = connect();
  client.send(post("/up", "body"));
  Client upstream = origin_.accept();
  EXPECT_TRUE(has(upstream.read_until("body"), "Content-Length: 4\r\n"));
  upstream.send(ok("there"));
  EXPECT_EQ(body_of(client.read_answer()), "there");
}

TEST_F(UpstreamForwarding, BrokenAnswersAre502) {
  start();
  Client client = connect();
  for (const std::string bytes :
       {"", "HTTP/1.1 2", "GARBAGE\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"}) {
    client.send(get("/up"));
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    upstream.send(bytes);
    upstream.close();
    EXPECT_EQ(status_of(client.read_answer()), 502) << bytes;
  }
}

TEST_F(UpstreamForwarding, AnAnswerThatBreaksOffCutsTheClient) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  client.read_until("half");
  upstream.close();
  EXPECT_EQ(client.read_all(), "");
  EXPECT_EQ(client.error(), ECONNRESET);
  ASSERT_TRUE(eventually([&] { return journal_.outcomes().size() == 1; }));
  EXPECT_EQ(journal_.outcomes()[0].how, Outcome::How::UpstreamLost);
}

TEST_F(UpstreamForwarding, WhatComesBehindAnAnswerIsNobodys) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client first = origin_.accept();
  first.read_until("\r\n\r\n");
  first.send(ok("one") + ok("two"));
  EXPECT_EQ(body_of(client.read_answer()), "one");
  client.send(get("/up"));
  Client second = origin_.accept();
  second.read_until("\r\n\r\n");
  second.send(ok("three"));
  EXPECT_EQ(body_of(client.read_answer()), "three");
}

TEST_F(UpstreamForwarding, AnAnswerThatNobodyAskedForEndsTheConnection) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client first = origin_.accept();
  first.read_until("\r\n\r\n");
  first.send(ok("one"));
  EXPECT_EQ(body_of(client.read_answer()), "one");
  first.send(ok("two"));
  EXPECT_EQ(first.read_some(), "");
  client.send(get("/up"));
  Client second = origin_.accept();
  second.read_until("\r\n\r\n");
  second.send(ok("three"));
  EXPECT_EQ(body_of(client.read_answer()), "three");
}

TEST_F(UpstreamForwarding, PassesInterimAnswersOn) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" +
                ok("done"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "done");
}

TEST_F(UpstreamForwarding, HeadAnd304KeepTheLengthWithoutABody) {
  start();
  Client client = connect();
  client.send("HEAD /up HTTP/1.1\r\nHost: a\r\n\r\n");
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
  EXPECT_TRUE(has(client.read_until("\r\n\r\n"), "Content-Length: 7\r\n"));
  client.send(get("/up"));
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
  EXPECT_TRUE(has(client.read_until("\r\n\r\n"), "304 Not Modified"));
  client.send(get("/up"));
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_FALSE(has(client.read_until("\r\n\r\n"), "Content-Length"));
}

TEST_F(UpstreamForwarding, TunnelsAnotherProtocol) {
  start();
  Client client = connect();
  client.send("GET /up HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\nhi");
  Client upstream = origin_.accept();
  EXPECT_TRUE(has(upstream.read_until("\r\n\r\n"), "Connection: upgrade\r\nUpgrade: chat\r\n"));
  upstream.send(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\nyo");
  EXPECT_TRUE(has(client.read_until("\r\n\r\nyo"), "Upgrade: chat\r\n"));
  EXPECT_EQ(upstream.read_until("hi"), "hi");
  client.send("ping");
  EXPECT_EQ(upstream.read_until("ping"), "ping");
  upstream.send("pong");
  EXPECT_EQ(client.read_until("pong"), "pong");
  upstream.close();
  EXPECT_EQ(client.read_all(), "");
}

TEST_F(UpstreamForwarding, AClientThatLeavesTakesItsCallAlong) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  client.close();
  EXPECT_EQ(upstream.read_some(), "");
}

TEST_F(UpstreamForwarding, AnUpstreamThatNeverAnswersIs504) {
  how_.first_byte_timeout = 50ms;
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  EXPECT_EQ(status_of(client.read_answer()), 504);
  upstream.read_until("\r\n\r\n");
  EXPECT_EQ(upstream.read_some(), "");
}

TEST_F(UpstreamForwarding, AHeadThatDripsInIs504) {
  how_.first_byte_timeout = 100ms;
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  std::jthread drip([&](const std::stop_token& enough) {
    upstream.send("HTTP/1.1 200 OK\r\nX: ");
    while (!enough.stop_requested()) {
      upstream.send("x");
      ::poll(nullptr, 0, 10);
    }
  });
  EXPECT_EQ(status_of(client.read_answer()), 504);
}

TEST_F(UpstreamForwarding, InterimAnswersWithoutEndAre502) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  for (int i = 0; i < 100; ++i) upstream.send("HTTP/1.1 103 Early Hints\r\n\r\n");
  EXPECT_TRUE(has(client.read_until("502 Bad Gateway"), "HTTP/1.1 103 Early Hints\r\n"));
}

TEST_F(UpstreamForwarding, AnAnswerThatStopsComingIsCut) {
  how_.between_bytes_timeout = 50ms;
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_TRUE(has(client.read_all(), "half"));
}

}  // namespace
}  // namespace portico::server
