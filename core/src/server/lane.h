// SPDX-License-Identifier: Apache-2.0
// One event loop of the server with all that belongs to it: its listeners, the connections that it
// accepted, the exchanges that it lends to them. Lanes share nothing on the request path.
#pragma once

#include "base/spares.h"
#include "loop/loop.h"
#include "pipeline/engine.h"
#include "redis/lines.h"
#include "server/acceptor.h"
#include "server/application.h"
#include "server/census.h"
#include "server/exchange.h"
#include "server/http_date.h"
#include "server/meter.h"
#include "server/mirror.h"
#include "server/options.h"
#include "server/parts.h"
#include "server/peer.h"
#include "server/request_ids.h"
#include "server/station.h"
#include "upstream/outbound.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <utility>
#include <vector>

namespace portico::server {

class Connection;

/// An application with the number of this lane's exchanges and mirrors that run on it.
struct Served {
  std::shared_ptr<const Application> application;
  std::size_t exchanges = 0;
  const services::AccessForm* access = nullptr;  ///< The application's, where there is a log.
  std::shared_ptr<const SeriesTable> series;     ///< Null where nothing is counted.
};

class Lane final : public pipeline::Engine {
 public:
  using Time = std::chrono::nanoseconds;

  Lane(const Parts& parts, Census& census, LaneMeter& meter);
  ~Lane() override;

  /// Before `take_up`.
  void log_access(services::AccessWriter& writer) noexcept { access_ = &writer; }
  /// On the lane's thread; returns once `stop` was called.
  void run() noexcept;
  void stop() noexcept { loop_.stop(); }

  // On the lane's thread; `Server` gets them there by mail.
  /// Does this from now on. Requests in flight end as they began; the connections of a listener
  /// that is gone end with them. To be called before `run` too.
  void take_up(const Duty& duty);
  /// Accepts who waits already, and then nobody any more; lets connections end.
  /// Accepts no clients of the gateway any more; probes and scrapes are answered on.
  void drain() noexcept;
  void accept_nobody() noexcept;
  /// The same, but who waits is for the process that accepts there now.
  void hand_over() noexcept;
  void give_up() noexcept;
  void cut() noexcept;
  /// From any thread: when its present turn began, zero while it sleeps.
  [[nodiscard]] Time busy_since() const noexcept { return loop_.busy_since(); }
  [[nodiscard]] std::uint64_t turns() const noexcept { return loop_.turns(); }

  void post(pipeline::Mail& mail) noexcept override { loop_.post(mail); }
  void arm(pipeline::Timer& timer) noexcept override { loop_.timers().arm(timer); }
  void disarm(pipeline::Timer& timer) noexcept override { loop_.timers().disarm(timer); }
  [[nodiscard]] const base::Clock& clock() const noexcept override { return loop_.clock(); }

  // What connections and exchanges ask for.
  [[nodiscard]] loop::Loop& loop() noexcept { return loop_; }
  [[nodiscard]] const Options& options() const noexcept { return *options_; }
  [[nodiscard]] const Parts& parts() const noexcept { return parts_; }
  [[nodiscard]] std::string_view date() noexcept { return date_.text(clock().unix_time()); }
  [[nodiscard]] tls::RecordBuffer& record_buffer() noexcept { return record_buffer_; }
  [[nodiscard]] LaneMeter& meter() noexcept { return meter_; }
  [[nodiscard]] RequestIds& request_ids() noexcept { return request_ids_; }
  [[nodiscard]] Served& begin_exchange(Serves what) noexcept;
  void end_exchange(Served& served) noexcept;
  /// It stays, and what it is made of, until it was let go of as often as it was kept.
  void keep(Served& served) noexcept { ++served.exchanges; }
  void let_go(Served& served) noexcept;
  /// What new requests are served by.
  [[nodiscard]] const Served& served(Serves what) const noexcept;
  /// Requires that an application asks for it.
  [[nodiscard]] services::AccessWriter& access() noexcept { return *access_; }
  [[nodiscard]] upstream::Outbound& outbound() noexcept { return outbound_; }
  [[nodiscard]] Mirrors& mirrors() noexcept { return mirrors_; }
  [[nodiscard]] Exchange& lend(Connection& connection);
  void take_back(Exchange& exchange) noexcept;
  void welcome(loop::Socket socket, Peer peer, const Station& station);
  /// Counts the connection to its client, once that is known. False when that client has its share
  /// already.
  [[nodiscard]] bool charge(Connection& connection);
  void bid_farewell(Connection& connection) noexcept;

 private:
  void serve(Serves what, std::shared_ptr<const Application> application,
             std::shared_ptr<const SeriesTable> series);
  void man(const std::vector<Station>& stations);

  loop::Loop loop_;
  std::shared_ptr<const Options> options_;
  const Parts& parts_;
  Census& census_;
  LaneMeter& meter_;
  HttpDate date_;
  RequestIds request_ids_;
  tls::RecordBuffer record_buffer_;
  services::AccessWriter* access_ = nullptr;
  std::list<Acceptor> acceptors_;
  std::array<std::list<Served>, ServesCount> served_;  // By Serves; the newest in front.
  upstream::Outbound outbound_;
  redis::Lines redis_lines_;
  Mirrors mirrors_{*this};
  base::Spares<Exchange> spare_;
  Connection* first_ = nullptr;
  bool draining_ = false;
};

}  // namespace portico::server
