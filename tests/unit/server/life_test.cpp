// SPDX-License-Identifier: Apache-2.0
// Start, reload and end of the server.
#include "unit/server/harness.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::server {
namespace {

using ServerLife = ServerTest;

TEST_F(ServerLife, ListensOnUnixSocketsAndIPv6) {
  const std::string path = testing::TempDir() + "portico-" + std::to_string(::getpid()) + ".sock";
  config::ListenAddress local;
  local.family = config::ListenAddress::Family::Unix;
  local.path = path;
  config::ListenAddress v6;
  v6.family = config::ListenAddress::Family::V6;
  v6.host = "::1";
  options_.listeners = {{local, Serves::Gateway}, {v6, Serves::Gateway}};
  // What a killed process leaves behind.
  {
    const int stale = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    ASSERT_EQ(::bind(stale, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(stale);
  }
  start();
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0660u);
  EXPECT_EQ(status_of(Client(path).send(last_get("/ok")).read_all()), 200);
  EXPECT_NE(server_->port(1), 0);
  ASSERT_TRUE(eventually([this] { return journal_.clients().size() == 1; }));
  EXPECT_EQ(journal_.clients()[0], "unix:");
  server_->stop();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ServerLife, SharesNoAddressWithAnother) {
  start();
  config::ListenAddress taken;
  taken.host = "127.0.0.1";
  taken.port = server_->port(0);
  Options options;
  options.listeners = {{taken, Serves::Gateway}};
  Server second(options, parts(), {std::make_shared<TestSite>(), admin_, admin_});
  try {
    second.start();
    FAIL() << "started";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), EADDRINUSE);
    EXPECT_TRUE(has(error.what(), "127.0.0.1:" + std::to_string(taken.port))) << error.what();
  }
}

TEST_F(ServerLife, KeepsTheOldApplicationForExchangesInFlight) {
  std::atomic<bool> go{false};
  site_->handler("/slow", [&go](Request&) {
    eventually([&go] { return go.load(); });
    return Response(Status::Accepted);
  });
  const std::weak_ptr<TestSite> old = site_;
  start();
  Client client = connect();
  client.send(last_get("/slow"));
  ASSERT_TRUE(eventually([this] { return server_->connections() == 1; }));
  ASSERT_EQ(status_of(ask(get("/ok"))), 200);
  auto next = std::make_shared<TestSite>();
  next->rule("/new", [](Request&) { return reply(Response()); });
  server_->replace(options_, server_->prepare(options_), {std::move(next), nullptr, nullptr});
  EXPECT_EQ(status_of(ask(get("/new"))), 200);
  EXPECT_EQ(status_of(ask(get("/ok"))), 404);
  EXPECT_FALSE(old.expired());
  go = true;
  EXPECT_EQ(status_of(client.read_all()), 202);
  EXPECT_TRUE(eventually([&old] { return old.expired(); }));
}

TEST_F(ServerLife, TellsWhoHoldsALoop) {
  site_->rule("/spin", [this](Request&) {
    const bool told = eventually([this] { return journal_.held_in.load().has_value(); });
    return reply(Response(told ? Status::Ok : Status::InternalServerError));
  });
  start();
  EXPECT_EQ(status_of(ask(get("/spin"))), 200);
  EXPECT_EQ(journal_.held_in.load(), pipeline::Turn::Rule);
}

TEST_F(ServerLife, IsNotAliveWhileALaneHangs) {
  std::atomic<bool> go{false};
  site_->rule("/hang", [&go](Request&) {
    eventually([&go] { return go.load(); });
    return reply(Response());
  });
  start();
  EXPECT_TRUE(server_->alive(1h));
  Client client = connect();
  client.send(last_get("/hang"));
  EXPECT_TRUE(eventually([this] { return !server_->alive(5ms); }));
  EXPECT_TRUE(server_->alive(1h));
  go = true;
  EXPECT_EQ(status_of(client.read_all()), 200);
  EXPECT_TRUE(eventually([this] { return server_->alive(5ms); }));
}

TEST_F(ServerLife, DrainsExchangesAndRefusesNewConnections) {
  std::atomic<bool> entered{false};
  std::atomic<bool> go{false};
  site_->handler("/slow", [&](Request&) {
    entered = true;
    eventually([&go] { return go.load(); });
    return Response();
  });
  start();
  const std::uint16_t port = server_->port(0);
  const std::uint16_t admin = server_->port(1);
  Client idle = connect();
  Client busy = connect();
  busy.send(last_get("/slow"));
  ASSERT_TRUE(eventually([&] { return entered.load() && server_->connections() == 2; }));
  bool graceful = false;
  std::thread drainer([&] { graceful = server_->drain(30s); });
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_FALSE(Client(port).connected());
  EXPECT_EQ(status_of(Client(admin).send(get("/")).read_all()), 404) << "a probe is answered";
  go = true;
  EXPECT_EQ(status_of(busy.read_all()), 200);
  busy.close();
  drainer.join();
  EXPECT_TRUE(graceful);
}

/// How many descriptors all epolls of this process know.
std::size_t watched_descriptors() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fdinfo")) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) count += line.starts_with("tfd:") ? 1 : 0;
  }
  return count;
}

// A plugin that starts a program forks, and so does an upgrade: the child holds every socket until
// it runs its own program, and closing them here does not take them out of the loop.
TEST_F(ServerLife, HearsNothingOfAConnectionThatAForkedProcessStillHolds) {
  start();
  const std::size_t before = watched_descriptors();
  Client client = connect();
  ASSERT_EQ(status_of(client.send(get("/ok")).read_answer()), 200);
  ASSERT_TRUE(eventually([&] { return watched_descriptors() == before + 1; }));
  const pid_t child = ::fork();
  if (child == 0) {
    for (;;) ::pause();
  }
  client.send("\x01");
  EXPECT_TRUE(has(client.read_until("\r\n\r\n"), " 400 "));
  client.finish_sending();
  EXPECT_TRUE(eventually([this] { return server_->connections() == 0; }));
  EXPECT_EQ(watched_descriptors(), before);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST_F(ServerLife, AnswersWhatOutlastsTheDrain) {
  start();
  Client client = connect();
  client.send(get("/wait"));
  Client half = connect();
  half.send("GET / HT");
  ASSERT_TRUE(eventually([this] { return server_->connections() == 2; }));
  ASSERT_EQ(status_of(ask(get("/ok"))), 200);
  EXPECT_FALSE(server_->drain(20ms));
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_TRUE(has(answer, "Retry-After: 1\r\n")) << answer;
  EXPECT_EQ(half.read_all(), "");
}

}  // namespace
}  // namespace portico::server
