// SPDX-License-Identifier: Apache-2.0
#include "smtp/waiting.h"

#include "smtp/connection_fault.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>

namespace portico::notify::smtp {

Interrupt::Interrupt() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void Interrupt::raise() const noexcept {
  // It fails only where it is raised already, a great many times.
  static_cast<void>(::eventfd_write(event_.number(), 1));
}

bool Interrupt::raised() const noexcept {
  pollfd polled{event_.number(), POLLIN, 0};
  return ::poll(&polled, 1, 0) > 0;
}

void wait_for(int descriptor, short events, const Deadline& deadline, const Interrupt& interrupt) {
  std::array<pollfd, 2> polled{{{descriptor, events, 0}, {interrupt.descriptor(), POLLIN, 0}}};
  while (true) {
    const std::int64_t left = deadline.left().count();
    const auto most = static_cast<std::int64_t>(std::numeric_limits<int>::max());
    const int count = ::poll(polled.data(), polled.size(), static_cast<int>(std::min(left, most)));
    if (count < 0 && errno != EINTR) {
      throw ConnectionFault("The mail server cannot be waited for.");
    }
    if (count > 0 && polled[1].revents != 0) throw ConnectionFault("The gateway is ending.");
    if (count > 0) return;
    if (left == 0) throw ConnectionFault("The mail server did not answer in time.");
  }
}

}  // namespace portico::notify::smtp
