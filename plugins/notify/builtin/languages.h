// SPDX-License-Identifier: Apache-2.0
// The built-in templates of each language. Any thread.
#pragma once

#include "builtin/built_in.h"

#include <span>

namespace portico::notify::builtin {

/// The partials that have words in them, then those of mails about accounts.
[[nodiscard]] std::span<const BuiltIn> english_accounts();
/// Those of notices.
[[nodiscard]] std::span<const BuiltIn> english_notices();

[[nodiscard]] std::span<const BuiltIn> german_accounts();
[[nodiscard]] std::span<const BuiltIn> german_notices();

}  // namespace portico::notify::builtin
