// SPDX-License-Identifier: Apache-2.0
// Types of events, "user.created", and the patterns by which an endpoint says what it wants:
// a type, "user.*" for all below `user`, "*" for all. Pure.
#pragma once

#include <string_view>

namespace portico::notify::webhook {

/// `[a-z0-9_]+(\.[a-z0-9_]+)*`, at most 128 characters.
[[nodiscard]] bool is_event_type(std::string_view text) noexcept;
[[nodiscard]] bool is_event_pattern(std::string_view text) noexcept;

/// Requires a pattern and a type. "user.*" is not `user` itself and not `users.created`.
[[nodiscard]] bool wants(std::string_view pattern, std::string_view type) noexcept;

}  // namespace portico::notify::webhook
