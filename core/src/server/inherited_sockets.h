// SPDX-License-Identifier: Apache-2.0
// Listening sockets that were open before this process began: systemd's (socket activation), or
// those of the process that it takes over from. Both come by the same protocol: descriptors from 3
// on, $LISTEN_FDS of them, meant for the process $LISTEN_PID. A Portico gives them names, and hands
// over more than sockets.
#pragma once

#include "config/address.h"
#include "server/listening_socket.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::server {

class InheritedSockets {
 public:
  InheritedSockets() = default;
  /// Takes them all, and the variables out of the environment: a child must not think they are its
  /// own. To be called once, before there are threads.
  static InheritedSockets of_process();

  /// Those that are bound to this address; none when there are none.
  [[nodiscard]] std::vector<ListeningSocket> take(const config::ListenAddress& where);
  /// The lock of this address, if it was handed over.
  [[nodiscard]] std::shared_ptr<const AddressLock> take_lock(const config::ListenAddress& where);
  /// Where to report to the process that this one takes over from; not open when there is none.
  [[nodiscard]] loop::Socket take_report() noexcept { return std::move(report_); }
  /// The addresses of those that nobody took.
  [[nodiscard]] std::vector<std::string> addresses() const;

 private:
  struct Entry {
    config::ListenAddress where;
    loop::Socket socket;
    bool lent = true;  // Its file belongs to somebody else.
  };
  struct Lock {
    std::string name;
    loop::Socket socket;
  };
  void add(loop::Socket descriptor, std::string_view name);

  std::vector<Entry> entries_;
  std::vector<Lock> locks_;
  loop::Socket report_;
};

}  // namespace portico::server
