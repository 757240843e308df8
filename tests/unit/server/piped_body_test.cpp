// SPDX-License-Identifier: Apache-2.0
// Long bodies that pass the gateway in the kernel: they come whole, to slow clients too, and what
// breaks off leaves no pipe behind.
#include "loop/pipe.h"
#include "unit/server/forwarding.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace portico::server {
namespace {

/// No two places of it are alike, so that nothing can be lost, doubled or out of order.
std::string long_body(std::size_t size = 8'000'000) {
  std::mt19937_64 random(7);
  std::string body(size, '\0');
  for (std::size_t at = 0; at + 8 <= size; at += 8) {
    const std::uint64_t number = random();
    body.replace(at, 8, std::string_view(reinterpret_cast<const char*>(&number), 8));
  }
  return body;
}

/// Ends of pipes that this process has.
std::size_t pipe_ends() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    count +=
        std::filesystem::read_symlink(entry.path(), gone).string().starts_with("pipe:") ? 1 : 0;
  }
  return count;
}

std::string read_exactly(Client& from, std::size_t size) {
  std::string all;
  while (all.size() < size) {
    const std::string some = from.read_some();
    if (some.empty()) break;
    all += some;
  }
  return all;
}

class PipedBody : public UpstreamForwarding {
 protected:
  void start() {
    UpstreamForwarding::start();
    before_ = pipe_ends();
  }
  [[nodiscard]] std::size_t pipes() const { return (pipe_ends() - before_) / 2; }

  const std::string body_ = long_body();

 private:
  std::size_t before_ = 0;
};

TEST_F(PipedBody, ComesWholeBothWays) {
  start();
  Client client = connect();
  std::jthread sender([&] { client.send(post("/up", body_)); });
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  EXPECT_TRUE(read_exactly(upstream, body_.size()) == body_);
  sender.join();
  std::jthread answerer([&] { upstream.send(ok(body_)); });
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(read_exactly(client, body_.size()) == body_);
  answerer.join();
  EXPECT_GT(pipes(), 0U) << "all of it went by memory";
  // Both connections go on.
  client.send(get("/up"));
  upstream.read_until("\r\n\r\n");
  upstream.send(ok("next"));
  EXPECT_EQ(body_of(client.read_answer()), "next");
}

TEST_F(PipedBody, WaitsForASlowClientAndServesOthersMeanwhile) {
  start();
  Client slow = connect();
  slow.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  std::jthread answerer([&] { upstream.send(ok(body_)); });
  slow.read_until("\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    Client quick = connect();
    quick.send(get("/up"));
    Client other = origin_.accept();
    other.read_until("\r\n\r\n");
    other.send(ok("quick"));
    EXPECT_EQ(body_of(quick.read_answer()), "quick");
  }
  EXPECT_TRUE(read_exactly(slow, body_.size()) == body_);
}

TEST_F(PipedBody, ServesMoreSlowClientsThanThereArePipes) {
  start();
  constexpr std::size_t Many = 2 * loop::Pipes::Most;
  const std::string body = long_body(1'000'000);
  std::vector<Client> clients;
  std::vector<Client> upstreams;
  for (std::size_t i = 0; i < Many; ++i) {
    clients.push_back(connect());
    clients.back().send(get("/up"));
    upstreams.push_back(origin_.accept());
    upstreams.back().read_until("\r\n\r\n");
  }
  std::vector<std::jthread> answerers;
  for (Client& upstream : upstreams) {
    answerers.emplace_back([&upstream, &body] { upstream.send(ok(body)); });
  }
  for (Client& client : clients) {
    client.read_until("\r\n\r\n");
    ASSERT_TRUE(read_exactly(client, body.size()) == body);
  }
  EXPECT_LE(pipes(), loop::Pipes::Most);
}

TEST_F(PipedBody, ThatBreaksOffIsCutShort) {
  start();
  Client client = connect();
  client.send(get("/up"));
  {
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n");
    upstream.send(body_.substr(0, 3'000'000));
  }
  client.read_until("\r\n\r\n");
  const std::string part = client.read_all();
  EXPECT_NE(client.error(), 0) << "it looks whole";
  EXPECT_TRUE(body_.starts_with(part));
}

TEST_F(PipedBody, OfAClientThatGoesLeavesNothingBehind) {
  start();
  for (int i = 0; i < 100; ++i) {
    Client client = connect();
    client.send(get("/up"));
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    std::jthread answerer([&] { upstream.send(ok(body_)); });
    read_exactly(client, 500'000);
    client.reset();
  }
  EXPECT_LE(pipes(), 10U);
}

TEST_F(PipedBody, OfAnUpstreamThatGoesLeavesNothingBehind) {
  start();
  for (int i = 0; i < 50; ++i) {
    Client client = connect();
    std::jthread sender([&] { client.send(post("/up", body_)); });
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    read_exactly(upstream, 500'000);
    upstream.reset();
    EXPECT_EQ(status_of(client.read_answer()), 502);
    client.close();
  }
  EXPECT_LE(pipes(), 10U);
}

TEST_F(PipedBody, OfATunnelIsWhateverIsSaid) {
  start();
  Client client = connect();
  client.send("GET /up HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
  client.read_until("\r\n\r\n");
  std::jthread up([&] { client.send(body_); });
  std::jthread down([&] { upstream.send(body_); });
  std::string heard;
  std::jthread reader([&] { heard = read_exactly(client, body_.size()); });
  EXPECT_TRUE(read_exactly(upstream, body_.size()) == body_);
  reader.join();
  EXPECT_TRUE(heard == body_);
  EXPECT_GT(pipes(), 0U) << "all of it went by memory";
  client.send("little");
  EXPECT_EQ(upstream.read_until("little"), "little");
}

}  // namespace
}  // namespace portico::server
