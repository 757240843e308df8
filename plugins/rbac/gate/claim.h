// SPDX-License-Identifier: Apache-2.0
// One claim of a token, found in the JSON that the token's verifier has left.
#pragma once

#include "condition/value.h"

#include <string_view>

namespace portico::rbac {

/// The claim at that path ("department", "org.unit"): missing where there is none, or where it is
/// neither a text, a number nor a truth value, or a text with escapes in it. The view is into
/// `claims`. Allocates nothing.
[[nodiscard]] Value claim_of(std::string_view claims, std::string_view path) noexcept;

}  // namespace portico::rbac
