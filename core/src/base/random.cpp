// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace portico::base {

void fill_random(std::span<std::byte> out) {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    if (got >= 0) {
      out = out.subspan(static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      throw std::system_error(errno, std::system_category(), "getrandom");
    }
  }
}

}  // namespace portico::base
