// SPDX-License-Identifier: Apache-2.0
// A mail server that does what a script says, on a free port of the loopback address. One thread
// for each connection; SIGPIPE is theirs alone to ignore.
#pragma once

#include "smtp/certificates.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_st;

namespace portico::notify::test {

/// Thrown into a script where the client is gone or said nothing for long.
struct Gone {};

/// A connection, as the server has it.
class Peer {
 public:
  explicit Peer(int socket);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  void say(std::string_view bytes);
  /// Up to that end and with it.
  [[nodiscard]] std::string hear_up_to(std::string_view end);
  /// A line, without its end.
  std::string hear();
  /// What has come and nobody has heard yet, and what comes within that time.
  [[nodiscard]] std::string hear_rest(int milliseconds);
  /// From now on it is TLS.
  void secure(const Certificate& certificate);
  /// Says nothing more, and listens.
  void end();
  /// Goes at once, without the farewell of TCP.
  void reset();
  /// So long, or until the client goes.
  void hesitate(int milliseconds) const;
  /// Until the client goes.
  void wait_for_end();
  /// All that was heard.
  [[nodiscard]] const std::string& heard() const noexcept { return heard_; }

 private:
  struct Release {
    void operator()(ssl_st* session) const noexcept;
  };

  void fill(int milliseconds);

  int socket_;
  std::unique_ptr<ssl_st, Release> tls_;
  std::string held_;
  std::string heard_;
};

class FakeServer {
 public:
  using Script = std::function<void(Peer&)>;

  /// A script for each connection; the last one for all that follow.
  explicit FakeServer(std::vector<Script> scripts);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// That came.
  [[nodiscard]] std::size_t connections() const noexcept { return connections_; }
  /// What each connection that has ended said, in the order of their ends. Waits until that many
  /// have.
  [[nodiscard]] std::vector<std::string> heard(std::size_t connections);

 private:
  void accept();
  void serve(int socket, const Script& script);

  std::vector<Script> scripts_;
  int listening_;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> connections_ = 0;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::vector<std::string> heard_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread accepting_;
};

/// A server that behaves: what it answers to whom.
struct Manners {
  std::string greeting = "220 fake ESMTP\r\n";
  std::string ehlo = "250-fake at your service\r\n250 ENHANCEDSTATUSCODES\r\n";
  std::string mail = "250 2.1.0 Ok\r\n";
  std::string rcpt = "250 2.1.5 Ok\r\n";
  std::string data = "354 Go on\r\n";
  std::string message = "250 2.0.0 Ok: queued as 4F2A\r\n";
  std::string rset = "250 2.0.0 Ok\r\n";
  std::string auth = "235 2.7.0 Welcome\r\n";
  std::shared_ptr<const Certificate> certificate{};  ///< For STARTTLS.
  bool implicit_tls = false;
  int most_messages = 1000;  ///< After which it closes the connection.
};

[[nodiscard]] FakeServer::Script well_mannered(const Manners& manners);

}  // namespace portico::notify::test
