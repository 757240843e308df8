// SPDX-License-Identifier: Apache-2.0
// A listener behind a balancer that speaks the PROXY protocol.
#include "unit/server/harness.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

using namespace std::string_literals;

constexpr std::string_view Line = "PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\r\n";

/// Version 2: one from 192.0.2.8, with an extension behind the addresses.
const std::string Binary = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x10"s +
                           "\xC0\0\x02\x08\xC6\x33\x64\x01\x9C\x40\x01\xBB"s + "\x04\0\x01\0"s;

/// Version 2: the balancer's own, such as a health check.
const std::string Local = "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"s;

class ProxyProtocol : public ServerTest {
 protected:
  ProxyProtocol() { options_.listeners[0].proxy_protocol = true; }

  [[nodiscard]] bool saw(const std::string& client) const {
    return eventually([&] {
      const auto clients = journal_.clients();
      return !clients.empty() && clients.back() == client;
    });
  }
};

TEST_F(ProxyProtocol, TellsWhoTheClientIs) {
  start();
  EXPECT_EQ(status_of(connect().send(std::string(Line) + last_get("/ok")).read_all()), 200);
  EXPECT_TRUE(saw("192.0.2.7"));
  EXPECT_EQ(status_of(connect().send(Binary + last_get("/ok")).read_all()), 200);
  EXPECT_TRUE(saw("192.0.2.8"));
  EXPECT_EQ(status_of(connect().send(Local + last_get("/ok")).read_all()), 200);
  EXPECT_TRUE(saw("127.0.0.1"));
  const std::string unknown = "PROXY UNKNOWN\r\n";
  EXPECT_EQ(status_of(connect().send(unknown + last_get("/ok")).read_all()), 200);
  EXPECT_EQ(journal_.clients().back(), "127.0.0.1");
}

TEST_F(ProxyProtocol, IsReadByteByByte) {
  start();
  for (const std::string& header : {std::string(Line), Binary}) {
    Client client = connect();
    for (const char& byte : header + last_get("/ok")) client.send({&byte, 1});
    EXPECT_EQ(status_of(client.read_all()), 200);
  }
}

TEST_F(ProxyProtocol, IsSaidOnceForAConnection) {
  start();
  Client client = connect();
  client.send(Line).send(get("/ok"));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(status_of(client.send(get("/ok")).read_answer()), 200);
  EXPECT_TRUE(saw("192.0.2.7"));
  EXPECT_EQ(status_of(client.send(Line).send(get("/ok")).read_all()), 400);
}

TEST_F(ProxyProtocol, IsDemandedOfEverybody) {
  start();
  EXPECT_EQ(connect().send(get("/ok")).read_all(), "");
  EXPECT_EQ(connect().send("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n" + get("/ok")).read_all(), "");
  Client half = connect();
  half.send("PROXY TC").finish_sending();
  EXPECT_EQ(half.read_all(), "");
  EXPECT_TRUE(journal_.clients().empty());
  EXPECT_TRUE(eventually([this] { return server_->connections() == 0; }));
}

TEST_F(ProxyProtocol, HasTheTimeOfAHead) {
  options_.limits.header_timeout = 30ms;
  start();
  Client silent = connect();
  Client slow = connect();
  slow.send("PROXY TCP4 ");
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_EQ(slow.read_all(), "");
}

TEST_F(ProxyProtocol, CountsTheClientAndNotTheBalancer) {
  options_.limits.connections_per_client = 1;
  start();
  Client first = connect();
  first.send(Line).send(get("/ok"));
  EXPECT_EQ(status_of(first.read_answer()), 200);
  EXPECT_EQ(connect().send(Line).send(get("/ok")).read_all(), "");
  EXPECT_EQ(status_of(connect().send(Binary + last_get("/ok")).read_all()), 200);
  first.close();
  EXPECT_TRUE(eventually(
      [&] { return status_of(connect().send(Line).send(last_get("/ok")).read_all()) == 200; }));
}

}  // namespace
}  // namespace portico::server
