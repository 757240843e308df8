// SPDX-License-Identifier: Apache-2.0
// A listener that is open: its sockets, and the lock that keeps other processes away. Copies are
// the same door; it closes when the last of them and the last lane have let go. For the control
// thread.
#pragma once

#include "server/inherited_sockets.h"
#include "server/listening_socket.h"
#include "server/options.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace portico::server {

struct Door {
  Listener listener;
  std::shared_ptr<const AddressLock> lock;  ///< None for unix sockets and for ports that the kernel
                                            ///< chose; none for what a service manager handed over.
  std::vector<std::shared_ptr<ListeningSocket>> sockets;  ///< Lanes have them too, to accept from.

  [[nodiscard]] std::uint16_t port() const noexcept { return sockets.front()->port(); }
};

/// One for each listener of `wanted`, in that order: those that are open already; else what was
/// handed over for that address; else bound anew, one socket for each lane. Throws
/// std::system_error that names the address; what was opened is closed again then.
[[nodiscard]] std::vector<Door> open_doors(const Options& wanted, std::vector<Door> open,
                                           InheritedSockets& inherited);

/// How many lanes accept from it.
[[nodiscard]] std::size_t lanes_of(const Options& options, const Listener& listener) noexcept;

}  // namespace portico::server
