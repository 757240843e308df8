// SPDX-License-Identifier: Apache-2.0
// AUTH (RFC 4954), by PLAIN or, where there is only that, LOGIN. One thread at a time.
#pragma once

#include "smtp/conversation.h"
#include "smtp/extensions.h"
#include "smtp/outcome.h"
#include "smtp/server.h"

#include <optional>

namespace portico::notify::smtp {

/// Why not; nothing where the server knows us now. The password is said in TLS only, or to a server
/// on this machine. No outcome holds it, whatever the server says. Throws ConnectionFault.
[[nodiscard]] std::optional<SmtpOutcome> log_in(Conversation& conversation,
                                                const Extensions& extensions,
                                                const SmtpServer& server);

}  // namespace portico::notify::smtp
