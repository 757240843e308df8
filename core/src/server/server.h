// SPDX-License-Identifier: Apache-2.0
// The server: one lane for each event loop, each on a thread of its own, all on the same addresses.
// A client that closes its side while its answer is not ready yet counts as gone, as it does
// elsewhere. All functions are for the control thread.
#pragma once

#include "server/belonging.h"
#include "server/census.h"
#include "server/contexts.h"
#include "server/door.h"
#include "server/inherited_sockets.h"
#include "server/meter.h"
#include "server/options.h"
#include "server/parts.h"
#include "server/station.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace portico::server {

class Lane;
class Watchdog;

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
  /// Opens the listeners of `next` that are not open yet, for `replace`; those that are gone stay
  /// open. Throws std::system_error that names the address; nothing has changed then.
  [[nodiscard]] std::vector<Door> prepare(const Options& next) const;
  /// New requests are served like this from now on (on a lane that a plugin keeps busy, later);
  /// those in flight keep their application, and keep it alive. A listener that is gone accepts
  /// nobody any more and lets its connections end. `doors` are what `prepare` gave for `options`,
  /// whose number of lanes is as before.
  void replace(Options options, std::vector<Door> doors, const Applications& applications,
               Contexts contexts = {});
  /// New connections get these; those that are open keep theirs.
  void renew(Contexts contexts);
  /// Accepts nobody any more but on the admin addresses, and lets exchanges end, for at most
  /// `patience`; the rest is answered 503 or cut. Returns once all have ended, also those that a
  /// worker held; true when none was given up.
  bool drain(std::chrono::milliseconds patience);
  /// All that another process needs to accept where this one does. The descriptors stay ours.
  [[nodiscard]] std::vector<Belonging> belongings() const;
  /// After another process has taken the belongings and accepts: who waits is for that. Connections
  /// end; to be followed by `drain`.
  void hand_over();
  /// The other side: the files of unix sockets that were handed over are this process's now.
  void own_files() noexcept;
  void stop() { drain(std::chrono::milliseconds(0)); }
  /// Whether no lane has been in the same turn for that long. Any thread.
  [[nodiscard]] bool alive(std::chrono::nanoseconds patience) const noexcept;
  /// Open connections now.
  [[nodiscard]] std::size_t connections() const noexcept { return census_.open(); }
  /// What it counts. From any thread that this server outlives, once it was started.
  void expose(services::Exposition& exposition) const;

 private:
  void open(std::vector<Door> doors);
  [[nodiscard]] std::vector<Duty> duties(const Applications& applications) const;
  void assign(const Applications& applications);
  void follow_routes(const Applications& applications);
  template <class Work>
  void tell_lanes(Work work);

  std::shared_ptr<const Options> options_;  // The lanes' too.
  const Parts parts_;
  Applications applications_;  // Until they are the lanes'.
  Contexts contexts_;
  Census census_;
  Meter meter_;
  std::vector<Door> doors_;
  std::vector<std::uint16_t> ports_;  // By listener.
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<std::thread> threads_;
  std::unique_ptr<Watchdog> watchdog_;
};

}  // namespace portico::server
