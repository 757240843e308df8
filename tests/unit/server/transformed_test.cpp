// SPDX-License-Identifier: Apache-2.0
// Bodies that the gateway changes on their way, whose length nobody knows beforehand.
#include "unit/server/harness.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

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

using TransformedAnswers = ServerTest;

TEST_F(TransformedAnswers, StreamsAnswersOfUnknownLengthInChunks) {
  site_->rule("/double", transformed("ab", doubling));
  start();
  const std::string answer = ask(get("/double"));
  EXPECT_TRUE(has(answer, "Transfer-Encoding: chunked\r\n")) << answer;
  EXPECT_FALSE(has(answer, "Content-Length"));
  EXPECT_EQ(unchunk(body_of(answer)), "ababbye");
}

TEST_F(TransformedAnswers, EndsAStreamForHttp10ByClosing) {
  site_->rule("/double", transformed("ab", doubling));
  start();
  const std::string answer = ask("GET /double HTTP/1.0\r\nHost: a\r\n\r\n");
  EXPECT_FALSE(has(answer, "chunked")) << answer;
  EXPECT_EQ(body_of(answer), "ababbye");
}

TEST_F(TransformedAnswers, CutsTheConnectionWhenAStreamBreaks) {
  site_->rule("/broken", transformed("ab", throwing));
  start();
  const std::string answer = ask(get("/broken"));
  EXPECT_FALSE(answer.ends_with("0\r\n\r\n")) << answer;
  ASSERT_TRUE(eventually([this] { return journal_.outcomes().size() == 1; }));
  EXPECT_NE(journal_.outcomes()[0].how, How::Answered);
  ASSERT_TRUE(eventually([this] { return server_->connections() == 0; }));
}

TEST_F(TransformedAnswers, StreamsNoFasterThanTheClientReads) {
  site_->rule("/big", transformed(std::string(8 << 20, 'x'), doubling));
  start();
  Client client = connect();
  client.send(last_get("/big"));
  const std::string answer = client.read_until("\r\n\r\n") + client.read_all();
  EXPECT_EQ(unchunk(body_of(answer)), std::string(16 << 20, 'x') + "bye");
}

}  // namespace
}  // namespace portico::server
