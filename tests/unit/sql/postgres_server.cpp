// SPDX-License-Identifier: Apache-2.0
#include "unit/sql/postgres_server.h"

#include "unit/places.h"

#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace portico::test {
namespace {

std::string percent_encoded(const std::string& path) {
  std::string text;
  for (const char c : path) text += c == '/' ? "%2F" : std::string(1, c);
  return text;
}

/// One that the kernel gives to nobody else for a while.
std::uint16_t free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  const bool bound =
      ::bind(descriptor, any, size) == 0 && ::getsockname(descriptor, any, &size) == 0;
  ::close(descriptor);
  if (!bound) throw std::runtime_error("no port for PostgreSQL");
  return ntohs(address.sin_port);
}

}  // namespace

PostgresServer::PostgresServer() { start(); }

PostgresServer::PostgresServer(const PostgresNetwork& network) {
  const std::string key = folder_.write("server.key", network.key);
  std::filesystem::permissions(key, std::filesystem::perms::owner_read);
  const std::string certificate = folder_.write("server.crt", network.certificate);
  const std::string access = folder_.write("pg_hba.conf", network.access);
  constexpr int MostTries = 5;
  for (int tries = 1;; ++tries) {
    port_ = free_port();
    options_.clear();
    for (const std::string& each :
         {std::string("listen_addresses=127.0.0.1"), "port=" + std::to_string(port_),
          std::string("ssl=on"), "ssl_cert_file=" + certificate, "ssl_key_file=" + key,
          "hba_file=" + access}) {
      options_.insert(options_.end(), {"-c", each});
    }
    try {
      start();
      return;
    } catch (const std::runtime_error&) {
      // Somebody else has taken the port meanwhile.
      kill();
      if (tries == MostTries) throw;
    }
  }
}

PostgresServer::~PostgresServer() { kill(); }

void PostgresServer::start() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::string script = (source_folder() / "tests/postgres.sh").string();
  std::string folder = folder_.path().string();
  std::vector<char*> arguments{script.data(), folder.data()};
  for (std::string& option : options_) arguments.push_back(option.data());
  arguments.push_back(nullptr);
  const int fault =
      ::posix_spawn(&process_, script.c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (fault != 0) throw std::runtime_error("postgres.sh does not start");
  wait_until_ready(ends[0]);
}

void PostgresServer::wait_until_ready(int output) {
  std::string said;
  std::array<char, 4096> buffer{};
  while (said.find("ready to accept connections") == std::string::npos) {
    const ssize_t got = ::read(output, buffer.data(), buffer.size());
    if (got <= 0) {
      ::close(output);
      throw std::runtime_error("PostgreSQL does not come up: " + said);
    }
    said.append(buffer.data(), static_cast<std::size_t>(got));
  }
  // What it says from now on must go somewhere.
  reader_ = std::thread([output] {
    std::array<char, 4096> rest{};
    while (::read(output, rest.data(), rest.size()) > 0) {
    }
    ::close(output);
  });
}

void PostgresServer::kill() {
  if (process_ < 0) return;
  // Its children would outlive a SIGKILL of the first process for a while, and hold its port.
  ::kill(process_, SIGQUIT);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
  if (reader_.joinable()) reader_.join();
}

std::string PostgresServer::url(const std::string& user) const {
  const std::string port = port_ == 0 ? "" : ":" + std::to_string(port_);
  return "postgresql://" + user + "@localhost" + port +
         "/postgres?host=" + percent_encoded(folder_.path().string());
}

}  // namespace portico::test
