// SPDX-License-Identifier: Apache-2.0
// A plain HTTP/1.1 server that carries the pipeline until the event engine takes its place: one
// thread, poll(2), one exchange for each connection (`Connection: close` on every answer). Simple,
// strict and bounded, not fast; it forwards nothing to upstreams. The folder can be deleted as a
// whole.
//
// `start`, `drain`, `stop` and `replace` are for the control thread; everything else happens on the
// loop. A client that closes its side while its answer is not ready yet counts as gone, as it does
// elsewhere.
#pragma once

#include "admin/admin.h"
#include "base/clock.h"
#include "config/address.h"
#include "http/request_state.h"
#include "pipeline/chain.h"
#include "pipeline/journal.h"
#include "pipeline/worker_pool.h"
#include "services/log/sink.h"
#include <portico/http.h>
#include <portico/units.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace portico::stopgap {

/// One edition of the configuration as the server sees it. Used on the loop; immutable. The last
/// reference may be dropped on the loop, after the last exchange that uses it: what its end
/// involves should be handed to another thread by the deleter.
class Application {
 public:
  virtual ~Application();
  /// The chain for a request that is complete but for `head.params`, which this sets, in the
  /// request's arena. The chain must live as long as this object.
  [[nodiscard]] virtual const pipeline::Chain& route(http::RequestState& request) const = 0;
  /// May add to an answer that no chain gave (400, 408, 431).
  virtual void decorate_early(Response& response) const = 0;
};

enum class Serves : std::uint8_t { Gateway, Admin };

struct Listener {
  config::ListenAddress where;
  Serves serves = Serves::Gateway;
};

struct Limits {
  std::size_t header_bytes = 32 * 1024;  ///< The whole head: 431.
  std::size_t target_bytes = 8 * 1024;   ///< The request's target: 414.
  std::size_t header_fields = 100;       ///< 431.
  std::uint64_t body_bytes = 10 << 20;   ///< 413, unless the route's handler allows more.
  std::chrono::milliseconds header_timeout{10'000};  ///< For the whole head: 408.
  /// For a body that arrives (408) and an answer that leaves; anew with each 64 KiB that moves.
  std::chrono::milliseconds transfer_timeout{75'000};
  /// How long and how much of what a client still sends is thrown away after the answer.
  std::chrono::milliseconds linger_timeout{2'000};
  std::size_t linger_bytes = 1 << 20;
  std::size_t connections = 10'000;            ///< The rest waits in the kernel's queue.
  std::size_t connections_per_client = 1'000;  ///< More are closed at once.
};

struct Options {
  std::vector<Listener> listeners;
  Limits limits;
  std::vector<Cidr> trusted_proxies;
};

/// What the server uses; all of it outlives the server.
struct Parts {
  pipeline::Workers& workers;
  pipeline::Journal& journal;
  const admin::Admin& admin;
  services::LogSink& log;
  const base::Clock& clock = base::system_clock();
};

class Loop;

class Server {
 public:
  Server(Options options, const Parts& parts, std::shared_ptr<const Application> application);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops.
  ~Server();

  /// Binds every listener, then serves. Throws std::system_error that names the address; nothing is
  /// bound then.
  void start();
  /// The port of the n-th listener: of use where the address said 0.
  [[nodiscard]] std::uint16_t port(std::size_t listener) const;
  /// New requests use this one; those in flight keep theirs, and keep it alive.
  void replace(std::shared_ptr<const Application> application);
  /// Accepts nothing any more and lets exchanges end, for at most `patience`; the rest is answered
  /// 503 or cut. Returns once all have ended, also those that a worker held; true when none was
  /// cut.
  bool drain(std::chrono::milliseconds patience);
  void stop() { drain(std::chrono::milliseconds(0)); }
  /// Open connections now.
  [[nodiscard]] std::size_t connections() const noexcept;

 private:
  std::unique_ptr<Loop> loop_;
  std::thread thread_;
};

}  // namespace portico::stopgap
