// SPDX-License-Identifier: Apache-2.0
// What a command asks whoever sits at the terminal.
#pragma once

#include <optional>
#include <string>

namespace portico::auth {

/// Twice, without showing it. Nothing where there is no terminal, or the two differ.
[[nodiscard]] std::optional<std::string> ask_password();
/// The next line of standard input; nothing at its end.
[[nodiscard]] std::optional<std::string> read_line();

}  // namespace portico::auth
