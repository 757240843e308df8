// SPDX-License-Identifier: Apache-2.0
// Listeners and limits that change while the server serves.
#include "unit/server/harness.h"

#include <atomic>
#include <string>
#include <system_error>
#include <thread>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

class ServerReload : public ServerTest {
 protected:
  ServerReload() {
    options_.lanes = 2;
    options_.limits.parting_timeout = 50ms;
  }
  void reload() { server_->replace(options_, server_->prepare(options_), {}); }
  static Listener on(std::uint16_t port) {
    Listener listener;
    listener.where.host = "127.0.0.1";
    listener.where.port = port;
    return listener;
  }
  /// A port that nobody uses now.
  static std::uint16_t free_port() {
    std::vector<ListeningSocket> probe = open_listener(on(0).where, 1, Neighbours::None);
    return probe.front().port();
  }
};

TEST_F(ServerReload, AddsAListenerAndKeepsTheOthers) {
  start();
  const std::uint16_t before = server_->port(0);
  Client kept = connect();
  EXPECT_EQ(status_of(kept.send(get("/ok")).read_answer()), 200);
  options_.listeners.insert(options_.listeners.begin(), on(free_port()));
  reload();
  EXPECT_EQ(server_->port(1), before);
  EXPECT_EQ(server_->port(0), options_.listeners[0].where.port);
  EXPECT_EQ(status_of(kept.send(get("/ok")).read_answer()), 200);
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(status_of(ask(get("/ok"), 0)), 200);
    EXPECT_EQ(status_of(ask(get("/ok"), 1)), 200);
  }
}

TEST_F(ServerReload, LetsTheConnectionsOfARemovedListenerEnd) {
  std::atomic<bool> entered{false};
  std::atomic<bool> go{false};
  site_->handler("/slow", [&](Request&) {
    entered = true;
    eventually([&go] { return go.load(); });
    return Response();
  });
  options_.listeners.push_back(on(0));
  start();
  const std::uint16_t gone = server_->port(2);
  Client busy = connect(2);
  busy.send(get("/slow"));
  Client idle = connect(2);
  EXPECT_EQ(status_of(idle.send(get("/ok")).read_answer()), 200);
  Client elsewhere = connect(0);
  EXPECT_EQ(status_of(elsewhere.send(get("/ok")).read_answer()), 200);
  ASSERT_TRUE(eventually([&] { return entered.load(); }));
  options_.listeners.pop_back();
  reload();
  EXPECT_FALSE(Client(gone).connected());
  EXPECT_EQ(idle.read_all(), "");
  go = true;
  const std::string last = busy.read_all();
  EXPECT_EQ(status_of(last), 200);
  EXPECT_TRUE(has(last, "Connection: close\r\n")) << last;
  EXPECT_EQ(status_of(elsewhere.send(get("/ok")).read_answer()), 200);
}

TEST_F(ServerReload, AnswersARequestThatWasOnItsWay) {
  options_.limits.parting_timeout = 10s;
  options_.listeners.push_back(on(0));
  start();
  Client fresh = connect(2);
  Client idle = connect(2);
  EXPECT_EQ(status_of(idle.send(get("/ok")).read_answer()), 200);
  ASSERT_TRUE(eventually([this] { return server_->connections() == 2; }));
  options_.listeners.pop_back();
  reload();
  for (Client* client : {&fresh, &idle}) {
    const std::string last = client->send(get("/ok")).read_all();
    EXPECT_EQ(status_of(last), 200);
    EXPECT_TRUE(has(last, "Connection: close\r\n")) << last;
  }
}

TEST_F(ServerReload, ChangesNothingWhenAnAddressIsTaken) {
  start();
  const std::vector<ListeningSocket> other = open_listener(on(0).where, 1, Neighbours::None);
  Options next = options_;
  next.listeners = {on(free_port()), on(other.front().port())};
  try {
    const std::vector<Door> doors = server_->prepare(next);
    FAIL() << "was opened";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), EADDRINUSE);
    EXPECT_TRUE(has(error.what(), next.listeners[1].where.text())) << error.what();
  }
  EXPECT_FALSE(Client(next.listeners[0].where.port).connected());
  EXPECT_EQ(status_of(ask(get("/ok"))), 200);
}

TEST_F(ServerReload, NarrowsAnAddressOnTheSamePort) {
  Listener everywhere = on(free_port());
  everywhere.where.host = "0.0.0.0";
  options_.listeners[0] = everywhere;
  start();
  options_.listeners[0].where.host = "127.0.0.1";
  reload();
  EXPECT_EQ(status_of(ask(get("/ok"))), 200);
}

TEST_F(ServerReload, GivesAListenerToTheAdmin) {
  admin_->rule("/admin", [](Request&) { return reply(Response(Status::Accepted)); });
  start();
  EXPECT_EQ(status_of(ask(get("/ok"))), 200);
  options_.listeners[0].serves = Serves::Admin;
  reload();
  for (int i = 0; i < 8; ++i) EXPECT_EQ(status_of(ask(get("/admin"))), 202);
  options_.listeners[0].serves = Serves::Gateway;
  reload();
  for (int i = 0; i < 8; ++i) EXPECT_EQ(status_of(ask(get("/ok"))), 200);
}

TEST_F(ServerReload, HoldsToNewLimits) {
  start();
  Client kept = connect();
  EXPECT_EQ(status_of(kept.send(get("/ok")).read_answer()), 200);
  options_.limits.header_bytes = 1024;
  options_.limits.body_bytes = 4;
  options_.limits.connections_per_client = 1;
  reload();
  EXPECT_EQ(status_of(kept.send(post("/ok", "12345")).read_answer()), 413);
  EXPECT_EQ(connect().send(get("/ok")).read_all(), "");
  kept.send("GET /ok HTTP/1.1\r\nHost: a\r\nX-Long: " + std::string(2000, 'x') + "\r\n\r\n");
  EXPECT_EQ(status_of(kept.read_all()), 431);
}

TEST_F(ServerReload, BelievesNewProxies) {
  start();
  Client kept = connect();
  const std::string forwarded = "GET /ok HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n";
  EXPECT_EQ(status_of(kept.send(forwarded).read_answer()), 200);
  options_.trusted_proxies = {Cidr{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104}};
  reload();
  EXPECT_EQ(status_of(kept.send(forwarded).read_answer()), 200);
  ASSERT_TRUE(eventually([this] { return journal_.clients().size() == 2; }));
  EXPECT_EQ(journal_.clients(), (std::vector<std::string>{"127.0.0.1", "192.0.2.1"}));
  kept.close();
  EXPECT_TRUE(eventually([this] { return server_->connections() == 0; }));
}

}  // namespace
}  // namespace portico::server
