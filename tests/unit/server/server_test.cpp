// SPDX-License-Identifier: Apache-2.0
// What an honest client sees.
#include "server/server.h"

#include "unit/server/harness.h"

#include <atomic>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

using How = Outcome::How;
using ServerAnswers = ServerTest;

TEST_F(ServerAnswers, AnswersAndCloses) {
  start();
  const std::string answer = ask(get("/x/..//%6fk?a=b"));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(has(answer, "\r\nX-Path: /ok\r\n")) << answer;
  EXPECT_TRUE(has(answer, "\r\nContent-Type: text/plain\r\n")) << answer;
  EXPECT_TRUE(has(answer, "\r\nContent-Length: 5\r\n")) << answer;
  EXPECT_TRUE(has(answer, "\r\nConnection: close\r\n")) << answer;
  EXPECT_EQ(body_of(answer), "hello");
  const std::string date = answer.substr(answer.find("\r\nDate: ") + 8, 29);
  tm time{};
  EXPECT_NE(::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &time), nullptr) << date;
  ASSERT_TRUE(eventually([this] { return journal_.outcomes().size() == 1; }));
  EXPECT_EQ(journal_.outcomes()[0].how, How::Answered);
  EXPECT_EQ(journal_.outcomes()[0].bytes_sent, answer.size());
}

TEST_F(ServerAnswers, SendsNoBodyForHead) {
  start();
  const std::string answer = ask("HEAD /ok HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(has(answer, "Content-Length: 5\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(ServerAnswers, SendsNeitherBodyNorLengthWithoutContent) {
  site_->rule("/none", [](Request&) { return reply(Response(Status::NoContent)); });
  start();
  const std::string answer = ask(get("/none"));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 204 No Content\r\n"));
  EXPECT_FALSE(has(answer, "Content-Length")) << answer;
}

TEST_F(ServerAnswers, WritesFramingItself) {
  site_->rule("/lies", [](Request&) {
    Response response;
    response.body("hello", "text/plain");
    response.headers().set("Content-Length", "99");
    response.headers().set("Transfer-Encoding", "chunked");
    response.headers().set("Connection", "keep-alive");
    return reply(std::move(response));
  });
  start();
  const std::string answer = ask(get("/lies"));
  EXPECT_TRUE(has(answer, "Content-Length: 5\r\n")) << answer;
  EXPECT_FALSE(has(answer, "99"));
  EXPECT_FALSE(has(answer, "chunked"));
  EXPECT_FALSE(has(answer, "keep-alive"));
}

TEST_F(ServerAnswers, GivesAHandlerTheWholeBody) {
  start();
  const std::string body(300'000, 'b');
  EXPECT_EQ(body_of(ask(post("/echo", body))), body);
  EXPECT_EQ(body_of(ask("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n6;x\r\n world\r\n0\r\nT: v\r\n\r\n")),
            "hello world");
  EXPECT_EQ(body_of(ask(post("/echo", ""))), "");
}

TEST_F(ServerAnswers, TakesABodyInSmallPieces) {
  start();
  Client client = connect();
  for (const char c : post("/echo", "slowly")) client.send({&c, 1});
  EXPECT_TRUE(client.read_until("slowly").ends_with("\r\n\r\nslowly"));
}

TEST_F(ServerAnswers, AsksForTheBodyOnlyWhenSomebodyWantsIt) {
  start();
  const std::string head =
      " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
  Client client = connect();
  client.send("POST /echo" + head);
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hello");
  EXPECT_TRUE(client.read_until("hello").ends_with("\r\n\r\nhello"));
  EXPECT_EQ(status_of(ask("POST /nowhere" + head)), 404);
}

TEST_F(ServerAnswers, RunsTimers) {
  site_->rule("/soon", [](Request& request) {
    return await(timer(request, 5ms), [](Request&, Elapsed) { return reply(Response()); });
  });
  start();
  EXPECT_EQ(status_of(ask(get("/soon"))), 200);
}

TEST_F(ServerAnswers, BringsDeferredResultsBackToTheLoop) {
  site_->rule("/defer", [](Request&) {
    return defer([] { return std::string("from a worker"); },
                 [](Request&, const std::string& text) {
                   Response response;
                   response.body(text, "text/plain");
                   return reply(std::move(response));
                 });
  });
  start();
  EXPECT_EQ(body_of(ask(get("/defer"))), "from a worker");
}

TEST_F(ServerAnswers, RunsLinksAroundEveryAnswer) {
  std::atomic<int> finished{0};
  site_->link([&finished](Request&) {
    return pass([](Response& response) { response.headers().set("X-After", "1"); },
                [&finished](const Outcome&) { ++finished; });
  });
  site_->rule("", [](Request&) { return reply(problem(Status::NotFound, "not_found", "No.")); });
  start();
  const std::string answer = ask(get("/nothing"));
  EXPECT_EQ(status_of(answer), 404);
  EXPECT_TRUE(has(answer, "X-After: 1")) << answer;
  EXPECT_TRUE(has(answer, "\"request_id\":\"")) << answer;
  EXPECT_TRUE(eventually([&] { return finished == 1; }));
}

TEST_F(ServerAnswers, RefusesABodyThatIsTooLargeBehindTheLinks) {
  options_.limits.body_bytes = 10;
  site_->link([](Request&) {
    return pass([](Response& response) { response.headers().set("X-After", "1"); });
  });
  site_->rule("/rule", [](Request&) { return reply(Response()); });
  start();
  EXPECT_EQ(status_of(ask(post("/rule", std::string(10, 'x')))), 200);
  const std::string answer = ask(post("/rule", std::string(11, 'x')));
  EXPECT_EQ(status_of(answer), 413);
  EXPECT_TRUE(has(answer, "X-After: 1")) << answer;
}

TEST_F(ServerAnswers, AsksTheApplicationOfTheListener) {
  admin_->rule("/version", [](Request&) {
    Response response;
    response.body("1.2.3", "text/plain");
    return reply(std::move(response));
  });
  start();
  EXPECT_EQ(body_of(ask(get("/version"), 1)), "1.2.3");
  EXPECT_EQ(status_of(ask(get("/ok"), 1)), 404);
  EXPECT_EQ(status_of(ask(get("/version"))), 404);
}

}  // namespace
}  // namespace portico::server
