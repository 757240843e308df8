// SPDX-License-Identifier: Apache-2.0
// A Redis of a test's own thread: it says what the test says, when the test says so.
#pragma once

#include "base/clock.h"
#include "loop/loop.h"
#include "redis/lines.h"
#include "services/log/capture.h"

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace portico::redis {

using namespace std::chrono_literals;

class MovedClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return moment; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return std::chrono::duration_cast<std::chrono::microseconds>(moment);
  }
  std::chrono::nanoseconds moment = 1h;
};

class Peer {
 public:
  static constexpr std::string_view Greetings = "+OK\r\n+PONG\r\n";

  Peer() { listen(0); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer() = default;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

  /// Nobody is there any more, or somebody again.
  void vanish() {
    connection_.close();
    listener_.close();
    said_.clear();
  }
  void come_back() { listen(port_); }
  void hang_up() {
    connection_.close();
    said_.clear();
  }

  [[nodiscard]] bool accept() {
    loop::Socket accepted(::accept4(listener_.descriptor(), nullptr, nullptr, SOCK_NONBLOCK));
    if (!accepted.open()) return false;
    const int on = 1;
    ::setsockopt(accepted.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connection_ = std::move(accepted);
    said_.clear();
    return true;
  }
  void say(std::string_view bytes) const {
    if (::send(connection_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(bytes.size())) {
      throw std::runtime_error("the peer cannot send");
    }
  }
  /// What came since it was asked last.
  std::string heard() {
    std::array<char, 65536> room;
    for (ssize_t got = 1; got > 0;) {
      got = ::recv(connection_.descriptor(), room.data(), room.size(), 0);
      if (got > 0) said_.append(room.data(), static_cast<std::size_t>(got));
    }
    return std::exchange(said_, {});
  }

 private:
  void listen(std::uint16_t port) {
    listener_ = loop::Socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(listener_.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(port);
    auto* const address = reinterpret_cast<sockaddr*>(&where);
    socklen_t size = sizeof where;
    if (::bind(listener_.descriptor(), address, size) != 0 ||
        ::listen(listener_.descriptor(), 16) != 0 ||
        ::getsockname(listener_.descriptor(), address, &size) != 0) {
      throw std::runtime_error("the peer cannot listen");
    }
    port_ = ntohs(where.sin_port);
  }

  loop::Socket listener_;
  loop::Socket connection_;
  std::uint16_t port_ = 0;
  std::string said_;
};

/// A command and what came of it.
struct Question final : Asker {
  explicit Question(std::string its_bytes) : bytes(std::move(its_bytes)) {
    answered = [](Asker& asker, RedisReply given) noexcept {
      auto& self = static_cast<Question&>(asker);
      self.reply.emplace(std::move(given));
      if (self.then) self.then();
    };
  }
  /// The kind, and the text or number.
  [[nodiscard]] std::string told() const {
    if (!reply) return "nothing yet";
    if (reply->away()) return "away: " + std::string(reply->text());
    if (const auto number = reply->integer()) return std::to_string(*number);
    return std::string(reply->text());
  }

  std::string bytes;
  std::optional<RedisReply> reply;
  std::function<void()> then;
};

/// A loop with its lines, a clock that the test moves, and a peer.
struct Bench {
  explicit Bench(Options options = {}) {
    options.host = "127.0.0.1";
    options.port = peer.port();
    store = std::make_shared<Store>("shared", std::move(options), log, clock);
    use = std::make_unique<Store::Use>(store);
    lines.emplace(loop);
  }

  void turn(int turns = 6) {
    for (int i = 0; i < turns; ++i) loop.turn(0ns);
  }
  void pass(std::chrono::nanoseconds time) {
    for (const auto until = clock.moment + time; clock.moment < until;) {
      clock.moment += std::min<std::chrono::nanoseconds>(5ms, until - clock.moment);
      turn(2);
    }
  }
  void ask(Question& question, std::chrono::nanoseconds patience = 50ms) {
    lines->ask(store, {.bytes = question.bytes}, question, patience);
  }
  /// Whether a connection came and was greeted.
  bool greet() {
    turn();
    if (!peer.accept()) return false;
    turn();
    peer.say(Peer::Greetings);
    turn();
    static_cast<void>(peer.heard());
    return true;
  }
  [[nodiscard]] std::size_t lines_with(std::string_view text) const {
    std::size_t count = 0;
    for (const auto& record : log.records()) count += record.message == text ? 1 : 0;
    return count;
  }

  Peer peer;
  MovedClock clock;
  services::CapturingSink log;
  loop::Loop loop{clock};
  std::shared_ptr<Store> store;
  std::unique_ptr<Store::Use> use;
  std::optional<Lines> lines;
};

}  // namespace portico::redis
