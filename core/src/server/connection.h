// SPDX-License-Identifier: Apache-2.0
// One client's connection: its socket, what the kernel said of it, its deadline, its end. Where a
// balancer stands in front, what that says of the client comes first. What is spoken over it is the
// exchange's, which a connection borrows from its lane as long as something
// is under way; an idle one holds no buffer. Everything happens on the loop.
#pragma once

#include "loop/loop.h"
#include "loop/timer.h"
#include "server/exchange.h"
#include "server/peer.h"
#include "server/station.h"
#include "tls/stream.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::server {

class Lane;

class Connection final : loop::Watch, loop::Timer, loop::Task {
 public:
  using Time = std::chrono::nanoseconds;

  /// Over TLS where there is a session, which belongs to the socket.
  Connection(Lane& lane, loop::Socket socket, Peer peer, const Station& station,
             tls::Session session);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// To be called once, first: a client that has sent its request already is served at once.
  void begin() noexcept { proceed(); }

  [[nodiscard]] const Peer& peer() const noexcept { return peer_; }
  [[nodiscard]] Serves serves() const noexcept { return serves_; }
  /// Whether it was accepted there.
  [[nodiscard]] bool came_by(const ListeningSocket* socket) const noexcept {
    return origin_ == socket;
  }
  [[nodiscard]] Lane& lane() const noexcept { return lane_; }

  /// Whether bytes go to the client as they are.
  [[nodiscard]] bool plain() const noexcept { return stream_.plain(); }
  /// "http" or "https".
  [[nodiscard]] std::string_view scheme() const noexcept {
    return stream_.session() ? "https" : "http";
  }

  /// Null where the client showed none, and over plain HTTP. As long as the connection.
  [[nodiscard]] const tls::ClientCertificate* certificate() const noexcept { return certificate_; }

  /// The exchange has something to do: `proceed` runs before the loop sleeps.
  void wake() noexcept;
  /// The client has gone, or was cut off.
  [[nodiscard]] bool lost() const noexcept { return phase_ == Phase::Closed; }
  /// Cuts it: the client sees a broken connection.
  void cut() noexcept;

  // Of the end of the process, or of the listener.
  /// The answer under way is the last; without one, the next, when its request comes soon.
  void drain() noexcept;
  [[nodiscard]] bool leaving() const noexcept { return leaving_; }
  /// An exchange is answered 503, all else is closed.
  void give_up() noexcept;

  Connection* next = nullptr;  ///< These are the lane's.
  Connection* previous = nullptr;
  bool charged = false;  ///< To its client, in the census.

 private:
  enum class Phase : std::uint8_t {
    Announced,  // The balancer in front says who the client is.
    Greeting,   // TLS is being agreed on.
    Serving,
    Lingering,  // All is sent; what the client still sends is thrown away, lest it lose the answer.
    Closed,
  };

  static void on_ready(loop::Watch& watch, std::uint32_t events) noexcept;
  static void on_time(loop::Timer& timer) noexcept;
  static void on_task(loop::Task& task) noexcept;

  void proceed() noexcept;
  void serve();
  void park() noexcept;
  void settle(Exchange::Want want);
  void begin_lingering() noexcept;
  void close() noexcept;
  void forget() noexcept;
  [[nodiscard]] Phase after_announcement() const noexcept {
    return stream_.session() ? Phase::Greeting : Phase::Serving;
  }
  [[nodiscard]] Time now() const noexcept;
  [[nodiscard]] Time patience() const noexcept;

  // connection_bytes.cpp
  void hear_announcement();
  void greet();
  [[nodiscard]] bool flush();
  [[nodiscard]] bool receive();
  [[nodiscard]] bool receive_by_pipe();
  void discard() noexcept;

  Lane& lane_;
  tls::Stream stream_;
  Peer peer_;
  const ListeningSocket* const origin_;  // May be gone.
  const tls::ClientCertificate* certificate_ = nullptr;
  Exchange* exchange_ = nullptr;
  std::size_t discarded_ = 0;
  Time resting_until_{0};  // Idle, or lingering.
  Phase phase_ = Phase::Serving;
  const Serves serves_;
  bool watched_ = false;
  bool readable_ = true;  // Until the kernel says otherwise.
  bool writable_ = true;
  bool hung_up_ = false;  // The client will send no more than what is unread,
  bool ended_ = false;    // and that is nothing.
  bool proceeding_ = false;
  bool served_ = false;   // A request, at least.
  bool leaving_ = false;  // Soon.
};

}  // namespace portico::server
