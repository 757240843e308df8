// SPDX-License-Identifier: Apache-2.0
// How OpenSSL reaches a non-blocking socket here. Its own socket BIO writes by write(2), which
// raises SIGPIPE, and asks the kernel again after a read that came short.
#pragma once

#include "tls/openssl.h"

namespace portico::tls {

struct SocketState {
  int descriptor = -1;
  int error = 0;       ///< errno of what failed for good.
  bool dry = false;    ///< The last read came short: until someone clears this, there is no more.
  bool ended = false;  ///< The peer sends nothing more.
};

/// Null when memory ran out. `state` must live as long.
[[nodiscard]] BioHandle make_socket_bio(SocketState& state) noexcept;

}  // namespace portico::tls
