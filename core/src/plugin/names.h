// SPDX-License-Identifier: Apache-2.0
// The grammars of the names that plugins choose.
#pragma once

#include <string>
#include <string_view>

namespace portico::plugin {

/// Plugins, terminals, facts: [a-z][a-z0-9_]*.
[[nodiscard]] bool is_word(std::string_view name) noexcept;
/// Middlewares of that plugin: a word, or the plugin's own name, a dot and a word ("auth.fresh").
[[nodiscard]] bool is_middleware_name(std::string_view name, std::string_view plugin) noexcept;
/// Commands: words with '-' inside.
[[nodiscard]] bool is_command_name(std::string_view name) noexcept;
/// Services: a word, which may have '.' and '-' inside, a slash, a number from 1 ("identity/1").
[[nodiscard]] bool is_versioned_name(std::string_view name) noexcept;
/// Permissions: words joined by ':', '.' and '-' ("bookings:read").
[[nodiscard]] bool is_permission(std::string_view name) noexcept;
/// Methods that a plugin may answer: upper case, neither CONNECT nor TRACE.
[[nodiscard]] bool is_route_method(std::string_view name) noexcept;

/// Whatever a plugin calls something, for an error: in quotes, shortened, without what would move a
/// terminal's cursor.
[[nodiscard]] std::string quoted(std::string_view name);

}  // namespace portico::plugin
