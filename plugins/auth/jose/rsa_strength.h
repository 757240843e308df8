// SPDX-License-Identifier: Apache-2.0
// What makes a public RSA key too weak to trust. Any thread.
#pragma once

#include <optional>
#include <string_view>

namespace portico::auth {

/// A sentence, or nothing for a key that may be used. Both numbers big-endian without zeros in
/// front.
[[nodiscard]] std::optional<std::string_view> rsa_fault(std::string_view n, std::string_view e);

}  // namespace portico::auth
