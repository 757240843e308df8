// SPDX-License-Identifier: Apache-2.0
// What may be called a topic, and an event on it. Pure.
#pragma once

#include <string_view>

namespace portico::notify {

/// What was lost: nothing else is called that.
inline constexpr std::string_view GapEvent = "gap";

/// "orders.new": words of small letters, digits, '_' and '-' with dots between them, 100 at most.
[[nodiscard]] bool is_topic(std::string_view text) noexcept;
/// Whether a topic is one user's own: "user." and who.
[[nodiscard]] bool is_of_a_user(std::string_view topic) noexcept;
/// Letters, digits, and "_.:-" between them; 64 at most.
[[nodiscard]] bool is_event_name(std::string_view text) noexcept;
/// How a user is called: 255 printable characters of ASCII at most, as OpenID Connect has it.
[[nodiscard]] bool is_subject(std::string_view text) noexcept;

}  // namespace portico::notify
