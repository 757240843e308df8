// SPDX-License-Identifier: Apache-2.0
// One client: its request, its exchange, its answer, its end. Everything happens on the loop. The
// driver is called from `advance` alone, never within a call that it makes, so that each of its
// events sees the connection at rest.
#pragma once

#include "base/arena.h"
#include "http/request_state.h"
#include "pipeline/driver.h"
#include "pipeline/engine.h"
#include "stopgap/answer.h"
#include "stopgap/head.h"
#include "stopgap/pace.h"
#include "stopgap/request_body.h"
#include "stopgap/server.h"
#include "stopgap/socket.h"
#include "stopgap/target.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace portico::stopgap {

/// What a connection asks of its loop.
class Surroundings {
 public:
  virtual pipeline::Engine& engine() noexcept = 0;
  [[nodiscard]] virtual const Options& options() const noexcept = 0;
  [[nodiscard]] virtual const Parts& parts() const noexcept = 0;
  [[nodiscard]] virtual std::shared_ptr<const Application> application() const = 0;

 protected:
  ~Surroundings() = default;
};

class Connection final : public pipeline::Wire {
 public:
  using Time = std::chrono::nanoseconds;

  Connection(Surroundings& surroundings, Socket socket, Peer peer, const Listener& listener);

  /// What to poll the descriptor for, POLLIN and the like; 0 with a closed descriptor.
  [[nodiscard]] short interest() const noexcept;
  [[nodiscard]] int descriptor() const noexcept { return socket_.descriptor(); }
  /// When `time_is_up` is to be called.
  [[nodiscard]] Time deadline() const noexcept;
  [[nodiscard]] const Peer& peer() const noexcept { return peer_; }

  void ready(short events);
  void time_is_up(Time now);
  /// Goes as far as it can without waiting.
  void advance();
  /// Somebody waits for an answer.
  [[nodiscard]] bool busy() const noexcept;
  /// Nothing is left; may be destroyed.
  [[nodiscard]] bool finished() const noexcept { return phase_ == Phase::Closed; }
  /// Closes it when no request has begun.
  void close_idle() noexcept;
  /// The process stops: an exchange is answered 503, all else is closed.
  void give_up();
  /// Cuts it.
  void cut() noexcept;

  void send_head(Response& head, pipeline::AnswerBody body) override;
  std::size_t send(pipeline::Way way, std::string_view bytes) override;
  void end(pipeline::Way way) override;
  void abort() override;
  void read(pipeline::Way way) override;
  void hold(pipeline::Way way) override;
  void forward(const Target& target, pipeline::RequestBody body) override;
  void drop_upstream() override {}
  [[nodiscard]] pipeline::Traffic traffic() const noexcept override { return traffic_; }
  void release() override { released_ = true; }

 private:
  enum class Phase : std::uint8_t {
    Head,       // The request's head arrives.
    Exchange,   // The driver runs.
    Answering,  // An answer without an exchange leaves.
    Lingering,  // All is sent; what the client still sends is thrown away, lest it lose the answer.
    Closed,
  };

  // connection.cpp: the socket.
  void receive();
  void flush();
  void discard();
  void begin_lingering();
  void lose() noexcept;
  [[nodiscard]] std::size_t waiting() const noexcept { return out_.size() - out_at_; }
  [[nodiscard]] Time now() const noexcept;
  [[nodiscard]] Time patience() const noexcept;

  // exchange.cpp: the request and the driver.
  void take_head();
  void serve_admin(const Head& head, const Asked& asked);
  void begin_exchange(const Head& head, const Asked& asked);
  void refuse(const Refusal& refusal);
  [[nodiscard]] bool tell_driver();
  [[nodiscard]] bool tell_body();
  void end_exchange();
  [[nodiscard]] Framing framing_of(const Response& head, pipeline::AnswerBody body) const;

  Surroundings& surroundings_;
  Socket socket_;
  const Peer peer_;
  const Serves serves_;
  const admin::Place place_;  // For the admin address.
  Phase phase_ = Phase::Head;

  std::string in_;
  std::size_t in_at_ = 0;
  std::string out_;
  std::size_t out_at_ = 0;
  HeadScanner scanner_;
  Pace head_pace_;
  Pace in_pace_;
  Pace out_pace_;
  Pace linger_pace_;
  std::size_t discarded_ = 0;
  pipeline::Traffic traffic_;

  std::string head_bytes_;
  std::shared_ptr<const Application> application_;
  base::Arena arena_;
  http::RequestState request_{arena_};
  pipeline::Driver driver_;
  IncomingBody body_;
  int minor_version_ = 1;
  bool expects_continue_ = false;
  bool chunks_ = false;  // Of the answer.

  // What the driver is to be told.
  std::optional<pipeline::Failure> failure_;
  bool reading_ = false;
  bool body_end_told_ = false;
  bool drain_wanted_ = false;
  bool complete_ = false;
  bool sent_told_ = false;
  bool lost_ = false;
  bool lost_told_ = false;
  bool released_ = false;
};

}  // namespace portico::stopgap
