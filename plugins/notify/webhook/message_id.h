// SPDX-License-Identifier: Apache-2.0
// `webhook-id`: names a message, the same at each attempt, so that a receiver knows what it had.
// What is signed joins id, time and body by dots, so an id with a dot could move the border between
// them. Pure.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::webhook {

/// "msg_" and the letters and digits of the id of a row; its hyphens go. Throws
/// std::invalid_argument where something else is in it.
[[nodiscard]] std::string message_id_of(std::string_view row_id);

/// "msg_" and 1 to 64 letters and digits.
[[nodiscard]] bool is_message_id(std::string_view text) noexcept;

}  // namespace portico::notify::webhook
