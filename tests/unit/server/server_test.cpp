// SPDX-License-Identifier: Apache-2.0
// What an honest client sees.
#include "server/server.h"

#include "unit/server/harness.h"

#include <atomic>
#include <string>

#include <gtest/gtest.h>
namespace portico::server {
namespace {

using How = Outcome::How;

/// Doubles every chunk and says goodbye.
class Doubling final : public BodyStage {
 public:
  void on_chunk(std::string_view bytes, Sink& sink) override {
    sink.write(bytes);
    sink.write(bytes);
  }
  void on_end(Sink& sink) override { sink.write("bye"); }
};

class Throwing final : public BodyStage {
 public:
  void on_chunk(std::string_view bytes, Sink& sink) override { sink.write(bytes); }
  void on_end(Sink&) override { throw std::runtime_error("broken"); }
};

detail::Rule transformed(std::string body, std::unique_ptr<BodyStage> (*make)()) {
  return [body = std::move(body), make](Request&) {
    Response response;
    response.body(body, "text/plain");
    response.transform(make());
    return reply(std::move(response));
  };
}

std::unique_ptr<BodyStage> doubling() { return std::make_unique<Doubling>(); }
std::unique_ptr<BodyStage> throwing() { return std::make_unique<Throwing>(); }

std::string unchunk(std::string_view bytes) {
  std::string body;
  while (true) {
    const std::size_t end = bytes.find("\r\n");
    const std::size_t size = std::stoul(std::string(bytes.substr(0, end)), nullptr, 16);
    if (size == 0) return body;
    body += bytes.substr(end + 2, size);
    bytes.remove_prefix(end + 2 + size + 2);
  }
}

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

TEST_F(ServerAnswers, StreamsAnswersOfUnknownLengthInChunks) {
  site_->rule("/double", transformed("ab", doubling));
  start();
  const std::string answer = ask(get("/double"));
  EXPECT_TRUE(has(answer, "Transfer-Encoding: chunked\r\n")) << answer;
  EXPECT_FALSE(has(answer, "Content-Length"));
  EXPECT_EQ(unchunk(body_of(answer)), "ababbye");
}

TEST_F(ServerAnswers, EndsAStreamForHttp10ByClosing) {
  site_->rule("/double", transformed("ab", doubling));
  start();
  const std::string answer = ask("GET /double HTTP/1.0\r\nHost: a\r\n\r\n");
  EXPECT_FALSE(has(answer, "chunked")) << answer;
  EXPECT_EQ(body_of(answer), "ababbye");
}

TEST_F(ServerAnswers, CutsTheConnectionWhenAStreamBreaks) {
  site_->rule("/broken", transformed("ab", throwing));
  start();
  const std::string answer = ask(get("/broken"));
  EXPECT_FALSE(answer.ends_with("0\r\n\r\n")) << answer;
  ASSERT_TRUE(eventually([this] { return journal_.outcomes().size() == 1; }));
  EXPECT_NE(journal_.outcomes()[0].how, How::Answered);
  ASSERT_TRUE(eventually([this] { return server_->connections() == 0; }));
}

TEST_F(ServerAnswers, StreamsNoFasterThanTheClientReads) {
  site_->rule("/big", transformed(std::string(8 << 20, 'x'), doubling));
  start();
  Client client = connect();
  client.send(last_get("/big"));
  const std::string answer = client.read_until("\r\n\r\n") + client.read_all();
  EXPECT_EQ(unchunk(body_of(answer)), std::string(16 << 20, 'x') + "bye");
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

TEST_F(ServerAnswers, TellsWhoTheClientIs) {
  options_.trusted_proxies = {Cidr{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104}};
  start();
  ask(get("/ok"));
  ask("GET /ok HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.7\r\n\r\n");
  ASSERT_TRUE(eventually([this] { return journal_.clients().size() == 2; }));
  EXPECT_EQ(journal_.clients(), (std::vector<std::string>{"127.0.0.1", "192.0.2.7"}));
}

TEST_F(ServerAnswers, ShowsNoChainWhatSpeaksOfTheConnection) {
  site_->rule("/seen", [](Request& request) {
    Response response;
    std::string names;
    for (std::size_t i = 0; i < request.headers().size(); ++i) {
      names.append(request.headers()[i].name).append(" ");
    }
    response.body(names, "text/plain");
    return reply(std::move(response));
  });
  options_.trusted_proxies = {Cidr{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104}};
  start();
  const std::string answer =
      ask("GET /seen HTTP/1.1\r\nHost: a\r\nConnection: close, B, X-Forwarded-For, host\r\nA: 1\r\n"
          "B: 2\r\nTE: trailers\r\nX-Forwarded-For: 192.0.2.7\r\nKeep-Alive: timeout=5\r\n\r\n");
  EXPECT_EQ(body_of(answer), "Host A ");
  ASSERT_TRUE(eventually([this] { return journal_.clients().size() == 1; }));
  EXPECT_EQ(journal_.clients(), std::vector<std::string>{"192.0.2.7"});
}

// An upstream believes what it says, so nobody outside may say it: not under another spelling that
// CGI makes the same name of, and not by a proxy that is trusted with addresses either.
TEST_F(ServerAnswers, ShowsNoChainWhatIsReserved) {
  site_->reserve("X-User-Id");
  site_->rule("/seen", [](Request& request) {
    std::string names;
    for (std::size_t i = 0; i < request.headers().size(); ++i) {
      names.append(request.headers()[i].name).append(" ");
    }
    Response response;
    response.body(names, "text/plain");
    return reply(std::move(response));
  });
  options_.trusted_proxies = {Cidr{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104}};
  start();
  EXPECT_EQ(body_of(ask("GET /seen HTTP/1.1\r\nHost: a\r\nX-User-Id: 1\r\nx_user-ID: 2\r\n"
                        "X-User-Ids: 3\r\nX.User.Id: 4\r\nConnection: close\r\n\r\n")),
            "Host X-User-Ids ");
}

TEST_F(ServerAnswers, TakesTheIdThatATrustedProxyGave) {
  site_->rule("/id", [](Request& request) {
    Response response;
    response.body(request.id(), "text/plain");
    return reply(std::move(response));
  });
  options_.trusted_proxies = {Cidr{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104}};
  start();
  const auto id_for = [this](const std::string& given) {
    return body_of(ask("GET /id HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + given + "\r\n\r\n"));
  };
  EXPECT_EQ(id_for("abc-123"), "abc-123");
  EXPECT_EQ(id_for("not an id").size(), 32U);
  EXPECT_EQ(id_for(std::string(129, 'a')).size(), 32U);
}

TEST_F(ServerAnswers, MakesAnIdForWhoIsNotTrusted) {
  site_->rule("/id", [](Request& request) {
    Response response;
    response.body(request.id(), "text/plain");
    return reply(std::move(response));
  });
  start();
  const std::string id = body_of(ask("GET /id HTTP/1.1\r\nHost: a\r\nX-Request-Id: x\r\n\r\n"));
  EXPECT_EQ(id.size(), 32U);
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
