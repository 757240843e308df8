// SPDX-License-Identifier: Apache-2.0
// The server: one lane for each event loop, each on a thread of its own, all on the same addresses.
// A client that closes its side while its answer is not ready yet counts as gone, as it does
// elsewhere. All functions are for the control thread.
#pragma once

#include "server/application.h"
#include "server/census.h"
#include "server/contexts.h"
#include "server/inherited_sockets.h"
#include "server/listening_socket.h"
#include "server/options.h"
#include "server/parts.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace portico::server {

class Lane;
class Watchdog;

/// Who answers on which listener, by `Serves`.
using Applications = std::array<std::shared_ptr<const Application>, ServesCount>;

class Server {
 public:
  Server(Options options, const Parts& parts, Applications applications, Contexts contexts = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops. The workers must have stopped before: one that gives back the last exchange of a lane
  /// wakes it even after that exchange has ended.
  ~Server();

  /// Binds every listener that is not among the inherited sockets, then serves. Throws
  /// std::system_error that names the address; nothing is served then.
  void start(InheritedSockets inherited = {});
  /// The port of the n-th listener: of use where the address said 0.
  [[nodiscard]] std::uint16_t port(std::size_t listener) const;
  /// New requests use this one from now on (a lane that a plugin keeps busy follows later); those
  /// in flight keep theirs, and keep it alive.
  void replace(const std::shared_ptr<const Application>& gateway, const Contexts& contexts = {});
  /// New connections get these; those that are open keep theirs.
  void renew(const Contexts& contexts);
  /// Accepts nothing any more and lets exchanges end, for at most `patience`; the rest is answered
  /// 503 or cut. Returns once all have ended, also those that a worker held; true when none was
  /// given up.
  bool drain(std::chrono::milliseconds patience);
  void stop() { drain(std::chrono::milliseconds(0)); }
  /// Whether no lane has been in the same turn for that long. Any thread.
  [[nodiscard]] bool alive(std::chrono::nanoseconds patience) const noexcept;
  /// Open connections now.
  [[nodiscard]] std::size_t connections() const noexcept { return census_.open(); }

 private:
  [[nodiscard]] std::size_t lanes_of(const Listener& listener) const noexcept;
  [[nodiscard]] std::vector<ListeningSocket> open(const Listener& listener,
                                                  InheritedSockets& inherited);
  void spread(const Listener& listener, std::vector<ListeningSocket> sockets);
  template <class Work>
  void tell_lanes(Work work);

  const Options options_;
  const Parts parts_;
  Applications applications_;
  Contexts contexts_;
  Census census_;
  std::vector<AddressLock> locks_;
  std::vector<std::uint16_t> ports_;  // By listener.
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<std::thread> threads_;
  std::unique_ptr<Watchdog> watchdog_;
};

}  // namespace portico::server
