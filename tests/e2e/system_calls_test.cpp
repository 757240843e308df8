// SPDX-License-Identifier: Apache-2.0
// How often a lane asks the kernel for something while it serves requests on a connection that is
// kept alive: counted by tracing its thread.
#include "e2e/gateway.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <latch>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::e2e {
namespace {

constexpr int Requests = 200;

pid_t lane_of(pid_t process) {
  const std::filesystem::path tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    if (name == "lane 0") return std::stoi(task.path().filename());
  }
  throw std::runtime_error("no thread is named \"lane 0\"");
}

/// Asks over one connection, waiting for each answer.
void ask(int connection, int times) {
  constexpr std::string_view Request = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";
  std::array<char, 4096> answer;
  for (int i = 0; i < times; ++i) {
    if (::send(connection, Request.data(), Request.size(), MSG_NOSIGNAL) < 0) return;
    if (::recv(connection, answer.data(), answer.size(), 0) <= 0) return;
  }
}

int connect_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  address.sin_port = ::htons(port);
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{20, 0};
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return -1;
  return connection;
}

/// The calls that this thread begins, by number, from `begun` on until `over` is true; none when
/// tracing is not allowed here.
std::optional<std::map<std::uint64_t, int>> trace(pid_t thread, std::latch& begun,
                                                  const std::atomic<bool>& over) {
  const bool allowed = ::ptrace(PTRACE_SEIZE, thread, 0, PTRACE_O_TRACESYSGOOD) == 0;
  if (allowed) ::ptrace(PTRACE_INTERRUPT, thread, 0, 0);
  begun.count_down();
  if (!allowed) return std::nullopt;
  std::map<std::uint64_t, int> calls;
  for (int status = 0; ::waitpid(thread, &status, __WALL) == thread && WIFSTOPPED(status);) {
    __ptrace_syscall_info info{};
    const long size = ::ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info);
    if (size > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY) ++calls[info.entry.nr];
    if (over) break;
    ::ptrace(PTRACE_SYSCALL, thread, 0, 0);
  }
  ::ptrace(PTRACE_DETACH, thread, 0, 0);
  return calls;
}

/// The calls of the only lane while it serves `Requests` of them, one after the other. None when
/// tracing is not allowed here.
std::optional<std::map<std::uint64_t, int>> calls_of(Gateway& gateway) {
  const int connection = connect_to(gateway.port());
  EXPECT_GE(connection, 0);
  ask(connection, 10);
  std::atomic<bool> over{false};
  std::latch begun(1);
  std::thread client([&] {
    begun.wait();
    ask(connection, Requests);
    over = true;
    ask(connection, 1);  // Stops the lane once more, for its tracer.
  });
  auto calls = trace(lane_of(gateway.child().pid()), begun, over);
  client.join();
  ::close(connection);
  return calls;
}

/// `each` happened once for a request, and nothing else to speak of.
void expect_once(const std::map<std::uint64_t, int>& calls, std::initializer_list<long> each) {
  int others = 0;
  for (const auto& [number, count] : calls) others += count;
  for (const long number : each) {
    const auto found = calls.find(static_cast<std::uint64_t>(number));
    const int count = found == calls.end() ? 0 : found->second;
    EXPECT_NEAR(count, Requests, 3) << "of system call " << number;
    others -= count;
  }
  EXPECT_LE(others, 2);
}

TEST(SystemCalls, AreTwoForARequestAndAWait) {
  Gateway gateway(R"(
workers: "1"
log: {access: "off"}
routes:
  - {match: {path: /ping}, respond: "pong\n"}
)");
  const auto calls = calls_of(gateway);
  if (!calls) GTEST_SKIP() << "tracing is not allowed here";
  expect_once(*calls, {SYS_epoll_wait, SYS_recvfrom, SYS_sendto});
}

/// A server that answers one connection after another.
class Upstream {
 public:
  Upstream() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) throw std::exception();
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ::ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Upstream() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  void serve() const {
    constexpr std::string_view Answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong";
    std::array<char, 4096> request;
    for (int one = 0; (one = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(one)) {
      while (::recv(one, request.data(), request.size(), 0) > 0) {
        ::send(one, Answer.data(), Answer.size(), MSG_NOSIGNAL);
      }
    }
  }

  const int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(SystemCalls, AreFourForAProxiedRequestAndTwoWaits) {
  const Upstream upstream;
  Gateway gateway(R"(
workers: "1"
log: {access: "off"}
plugins: {proxy: {}}
routes:
  - {match: {path: /ping}, proxy: "http://127.0.0.1:)" +
                  std::to_string(upstream.port()) + "\"}\n");
  auto calls = calls_of(gateway);
  if (!calls) GTEST_SKIP() << "tracing is not allowed here";
  // Half of each kind is the client's, half the upstream's.
  for (auto& [number, count] : *calls) count /= 2;
  expect_once(*calls, {SYS_epoll_wait, SYS_recvfrom, SYS_sendto});
}

}  // namespace
}  // namespace portico::e2e
