// SPDX-License-Identifier: Apache-2.0
#include "loop/socket.h"

#include <sys/socket.h>
#include <unistd.h>

namespace portico::loop {

void Socket::close() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void Socket::reset() noexcept {
  const linger at_once{1, 0};
  if (descriptor_ >= 0) ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

}  // namespace portico::loop
