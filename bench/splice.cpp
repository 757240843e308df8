// SPDX-License-Identifier: Apache-2.0
// What it costs to carry a body from one socket to another: through memory, as the gateway does,
// and through a pipe by splice, which copies nothing. Prints CPU seconds of the carrying thread per
// gigabyte, the median of several turns.
#include "proxy/listening.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr std::size_t Turns = 9;
constexpr std::size_t Total = 2'000'000'000;
constexpr std::size_t Piece = std::size_t{64} * 1024;

using Ends = std::array<int, 2>;

Ends connection() {
  const int listener = portico::bench::listen_on("0");
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(client, reinterpret_cast<sockaddr*>(&address), size) != 0) {
    portico::bench::fail("connect");
  }
  const int server = ::accept(listener, nullptr, nullptr);
  ::close(listener);
  return {client, server};
}

void wait(int descriptor, short event) {
  pollfd watched{descriptor, event, 0};
  ::poll(&watched, 1, -1);
}

void carry_by_memory(int from, int to) {
  std::vector<char> memory(Piece);
  for (;;) {
    const ssize_t got = ::recv(from, memory.data(), memory.size(), MSG_DONTWAIT);
    if (got == 0) return;
    if (got < 0) wait(from, POLLIN);
    for (ssize_t at = 0; at < got;) {
      const auto left = static_cast<std::size_t>(got - at);
      const ssize_t sent = ::send(to, memory.data() + at, left, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent > 0) at += sent;
      if (sent < 0) wait(to, POLLOUT);
    }
  }
}

void carry_by_pipe(int from, int to) {
  Ends pipe{};
  if (::pipe2(pipe.data(), O_NONBLOCK) != 0) portico::bench::fail("pipe");
  ::fcntl(pipe[0], F_SETPIPE_SZ, 1 << 20);
  for (;;) {
    ssize_t got = ::splice(from, nullptr, pipe[1], nullptr, Piece, SPLICE_F_NONBLOCK);
    if (got == 0) break;
    if (got < 0) wait(from, POLLIN);
    while (got > 0) {
      const ssize_t sent = ::splice(pipe[0], nullptr, to, nullptr, static_cast<std::size_t>(got),
                                    SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
      if (sent > 0) got -= sent;
      if (sent < 0) wait(to, POLLOUT);
    }
  }
  ::close(pipe[0]);
  ::close(pipe[1]);
}

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Of pieces of this size as the sender writes them; per gigabyte.
template <class Carry>
double measure(Carry carry, std::size_t written) {
  const Ends source = connection();
  const Ends target = connection();
  std::jthread sender([&] {
    const std::vector<char> bytes(written);
    for (std::size_t sent = 0; sent < Total;) {
      const ssize_t some = ::send(source[0], bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (some <= 0) break;
      sent += static_cast<std::size_t>(some);
    }
    ::shutdown(source[0], SHUT_WR);
  });
  std::jthread reader([&] {
    std::vector<char> bytes(std::size_t{1} << 20);
    while (::recv(target[1], bytes.data(), bytes.size(), 0) > 0) {
    }
  });
  ::fcntl(source[1], F_SETFL, O_NONBLOCK);
  ::fcntl(target[0], F_SETFL, O_NONBLOCK);
  const double before = cpu_seconds();
  carry(source[1], target[0]);
  const double used = cpu_seconds() - before;
  ::shutdown(target[0], SHUT_WR);
  reader.join();
  for (const int end : {source[0], source[1], target[0], target[1]}) ::close(end);
  return used / (static_cast<double>(Total) / 1e9);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main() {
  for (const std::size_t written : {std::size_t{4096}, std::size_t{16384}, std::size_t{262144}}) {
    std::vector<double> memory;
    std::vector<double> pipe;
    std::vector<double> ratios;
    for (std::size_t i = 0; i < Turns; ++i) {
      memory.push_back(measure(carry_by_memory, written));
      pipe.push_back(measure(carry_by_pipe, written));
      ratios.push_back(pipe.back() / memory.back());
    }
    std::printf("written by %6zu bytes: memory %.3f s/GB, pipe %.3f s/GB, ratio %.3f\n", written,
                median(memory), median(pipe), median(ratios));
  }
}
