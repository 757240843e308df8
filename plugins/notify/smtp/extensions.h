// SPDX-License-Identifier: Apache-2.0
// What a mail server can do, as it says itself. A value.
#pragma once

#include "smtp/reply.h"

#include <cstdint>

namespace portico::notify::smtp {

struct Extensions {
  bool starttls = false;
  bool pipelining = false;
  bool auth_plain = false;
  bool auth_login = false;
  bool size = false;
  std::uint64_t most_size = 0;  ///< Of a message; 0: it sets no limit.
};

/// Of the reply to EHLO.
[[nodiscard]] Extensions read_extensions(const Reply& reply);

}  // namespace portico::notify::smtp
