// SPDX-License-Identifier: Apache-2.0
// Bodies on their way to an upstream and back.
#include "unit/server/forwarding.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

namespace portico::server {
namespace {

using ForwardedBody = UpstreamForwarding;

TEST_F(ForwardedBody, FramesWhatHasNoLength) {
  start();
  Client client = connect();
  client.send(get("/up"));
  {
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    upstream.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
  }
  const std::string answer = client.read_until("0\r\n\r\n");
  EXPECT_TRUE(has(answer, "Transfer-Encoding: chunked\r\n"));
  EXPECT_TRUE(has(answer, "d\r\nuntil the end\r\n0\r\n\r\n"));
}

TEST_F(ForwardedBody, BringsChunksAsTheyCome) {
  start();
  Client client = connect();
  client.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\none\r\n");
  EXPECT_TRUE(has(client.read_until("one\r\n"), "\r\n\r\n3\r\none\r\n"));
  upstream.send("3\r\ntwo\r\n0\r\nX-Trailer: 1\r\n\r\n");
  EXPECT_EQ(client.read_until("1\r\n\r\n"), "3\r\ntwo\r\n0\r\nX-Trailer: 1\r\n\r\n");
}

TEST_F(ForwardedBody, BringsTrailersThatSayNothingNew) {
  start();
  Client client = connect();
  client.send("GET /up HTTP/1.1\r\nHost: a\r\nConnection: TE\r\nTE: gzip;q=0, trailers\r\n\r\n");
  Client upstream = origin_.accept();
  EXPECT_TRUE(has(upstream.read_until("\r\n\r\n"), "Connection: TE\r\nTE: trailers\r\n\r\n"));
  upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\nDig");
  client.read_until("one\r\n");
  upstream.send(
      "est:\t x \r\nSet-Cookie: a=b\r\nContent-Length: 5\r\nServer-Timing: a;dur=1\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "0\r\nDigest: x\r\nServer-Timing: a;dur=1\r\n\r\n");
  // Nothing of them is left for the next answer.
  client.send(get("/up"));
  EXPECT_FALSE(has(upstream.read_until("\r\n\r\n"), "TE:"));
  upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n");
  EXPECT_TRUE(client.read_until("0\r\n\r\n").ends_with("3\r\ntwo\r\n0\r\n\r\n"));
}

TEST_F(ForwardedBody, KeepsTrailersFromAnOldClient) {
  start();
  Client client = connect();
  client.send("GET /up HTTP/1.0\r\nHost: a\r\nTE: trailers\r\n\r\n");
  Client upstream = origin_.accept();
  EXPECT_FALSE(has(upstream.read_until("\r\n\r\n"), "TE:"));
  upstream.send(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\nA: b\r\n\r\n");
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\none"));
}

TEST_F(ForwardedBody, BringsARequestsTrailersWhereTheyAreWanted) {
  site_->rule("/all", [this](Request&) {
    return forward({.upstream = upstream_.get(), .request_trailers = true});
  });
  start();
  Client client = connect();
  std::optional<Client> upstream;
  for (const auto& [path, trailers] : {std::pair{"/all", "A: b\r\n"}, std::pair{"/up", ""}}) {
    client.send("POST " + std::string(path) +
                " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("1\r\nx\r\n0\r\nA: b\r\nX-Forwarded-For: 192.0.2.1\r\nauthorization: c\r\n\r\n");
    if (!upstream) upstream.emplace(origin_.accept());
    const std::string request =
        upstream->read_until("1\r\nx\r\n0\r\n" + std::string(trailers) + "\r\n");
    EXPECT_TRUE(request.ends_with("\r\n\r\n1\r\nx\r\n0\r\n" + std::string(trailers) + "\r\n"))
        << request;
    upstream->send(ok("done"));
    client.read_answer();
  }
}

TEST_F(ForwardedBody, BringsNoTrailerThatIsReserved) {
  site_->reserve("X-User-Id");
  site_->rule("/all", [this](Request&) {
    return forward({.upstream = upstream_.get(), .request_trailers = true});
  });
  start();
  Client client = connect();
  client.send("POST /all HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send("1\r\nx\r\n0\r\nA: b\r\nX_User_Id: root\r\nC: d\r\n\r\n");
  Client upstream = origin_.accept();
  const std::string request = upstream.read_until("C: d\r\n\r\n");
  EXPECT_TRUE(request.ends_with("\r\n\r\n1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\n")) << request;
  upstream.send(ok("done"));
  client.read_answer();
}

TEST_F(ForwardedBody, StreamsALargeBodyBothWays) {
  start();
  const std::string large(3'000'000, 'x');
  Client client = connect();
  std::jthread sender([&] { client.send(post("/up", large)); });
  Client upstream = origin_.accept();
  const std::string head = upstream.read_until("\r\n\r\n");
  EXPECT_TRUE(has(head, "Content-Length: 3000000\r\n"));
  std::string got;
  while (got.size() < large.size()) got += upstream.read_some();
  EXPECT_EQ(got, large);
  sender.join();
  std::jthread answerer([&] { upstream.send(ok(large)); });
  EXPECT_EQ(body_of(client.read_answer()).size(), large.size());
}

TEST_F(ForwardedBody, StreamsLargeChunksBothWays) {
  start();
  const std::string chunk = "10000\r\n" + std::string(65536, 'y') + "\r\n";
  Client client = connect();
  std::jthread sender([&] {
    client.send("POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 10; ++i) client.send(chunk);
    client.send("0\r\n\r\n");
  });
  Client upstream = origin_.accept();
  EXPECT_TRUE(has(upstream.read_until("\r\n\r\n"), "Transfer-Encoding: chunked\r\n"));
  const std::string up = upstream.read_to("\r\n0\r\n\r\n");
  EXPECT_EQ(std::ranges::count(up, 'y'), 655360);
  sender.join();
  std::jthread answerer([&] {
    upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 10; ++i) upstream.send(chunk);
    upstream.send("0\r\n\r\n");
  });
  const std::string down = client.read_to("\r\n0\r\n\r\n");
  EXPECT_EQ(std::ranges::count(down, 'y'), 655360);
}

TEST_F(ForwardedBody, AnEarlyAnswerEndsTheUpload) {
  start();
  Client client = connect();
  client.send("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\nfirst");
  Client upstream = origin_.accept();
  upstream.read_until("first");
  upstream.send("HTTP/1.1 413 Content Too Large\r\nX-Up: 1\r\nContent-Length: 2\r\n\r\nno");
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 413);
  EXPECT_TRUE(has(answer, "X-Up: 1\r\n"));
  EXPECT_TRUE(has(answer, "Connection: close\r\n"));
  EXPECT_EQ(upstream.read_some(), "");
}

}  // namespace
}  // namespace portico::server
