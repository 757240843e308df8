// SPDX-License-Identifier: Apache-2.0
// Listening sockets that were open before this process began: systemd's (socket activation), or
// those of the process that it takes over from. Both come by the same protocol: descriptors from 3
// on, $LISTEN_FDS of them, meant for the process $LISTEN_PID.
#pragma once

#include "config/address.h"
#include "server/listening_socket.h"

#include <string>
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
  /// The addresses of those that nobody took.
  [[nodiscard]] std::vector<std::string> addresses() const;

 private:
  struct Entry {
    config::ListenAddress where;
    Socket socket;
  };
  std::vector<Entry> entries_;
};

}  // namespace portico::server
