// SPDX-License-Identifier: Apache-2.0
// The statement that says what a message has come to, in pieces: for one, and for many.
#pragma once

#include <string_view>

namespace portico::notify::messages {

/// Which they are comes between the two: "= $1".
inline constexpr std::string_view ConcludeThose =
    "UPDATE notify_messages SET status = CASE WHEN EXISTS (SELECT 1 FROM notify_deliveries WHERE "
    "message_id = notify_messages.id AND status = 'dead') THEN 'failed' WHEN EXISTS (SELECT 1 FROM "
    "notify_deliveries WHERE message_id = notify_messages.id AND status = 'sent') THEN 'sent' WHEN "
    "EXISTS (SELECT 1 FROM notify_deliveries WHERE message_id = notify_messages.id AND status = "
    "'expired') THEN 'expired' WHEN EXISTS (SELECT 1 FROM notify_deliveries WHERE message_id = "
    "notify_messages.id AND status = 'suppressed') THEN 'suppressed' ELSE 'cancelled' END WHERE "
    "id ";
inline constexpr std::string_view AndTheirLastIsOver =
    " AND NOT EXISTS (SELECT 1 FROM notify_deliveries WHERE message_id = notify_messages.id AND "
    "done_at IS NULL)";

}  // namespace portico::notify::messages
