// SPDX-License-Identifier: Apache-2.0
#include "smtp/dialing.h"

#include "smtp/connection_fault.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

namespace portico::notify::smtp {
namespace {

[[noreturn]] void refuse(const SocketAddress& address, int error) {
  throw ConnectionFault("The mail server cannot be reached at " + address.text() + ": " +
                        std::generic_category().message(error) + ".");
}

Descriptor connect_to(const SocketAddress& address, const Deadline& deadline,
                      const Interrupt& interrupt) {
  Descriptor socket(
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) refuse(address, errno);
  // Commands are written whole; to wait for more would only delay them.
  const int yes = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const void* const storage = &address.storage;
  if (::connect(socket.number(), static_cast<const sockaddr*>(storage), address.size) == 0) {
    return socket;
  }
  if (errno != EINPROGRESS && errno != EINTR) refuse(address, errno);
  wait_for(socket.number(), POLLOUT, deadline, interrupt);
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) refuse(address, error);
  return socket;
}

}  // namespace

Dialed dial(const std::vector<SocketAddress>& addresses, const Deadline& deadline,
            const Interrupt& interrupt) {
  std::string fault = "The mail server has no address.";
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto share = deadline.left() / static_cast<int>(addresses.size() - i);
    try {
      return {connect_to(addresses[i], deadline.within(share), interrupt), addresses[i]};
    } catch (const ConnectionFault& refused) {
      fault = refused.what();
      if (interrupt.raised()) break;
    }
  }
  throw ConnectionFault(fault);
}

}  // namespace portico::notify::smtp
