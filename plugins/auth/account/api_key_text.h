// SPDX-License-Identifier: Apache-2.0
// The text of an API key: "gk_live_" or "gk_test_", 8 characters that people know it by, '_', a
// secret of 160 bits, '_' and a checksum, by which scanners of leaked secrets know one, and we what
// is none. Characters are those of one-time codes. Pure; any thread.
#pragma once

#include "store/digest.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portico::auth::api_key {

struct Made {
  std::string text;
  std::string prefix;  ///< What of it may be shown.
};

enum class Environment : std::uint8_t { Live, Test };

[[nodiscard]] Made make(Environment environment, const std::array<std::byte, 25>& random);
/// Whether it could be one.
[[nodiscard]] bool plausible(std::string_view text);
/// What the table has in its place. Nobody guesses 160 bits, so a fast hash is enough.
[[nodiscard]] Digest digest_of(std::string_view text);

}  // namespace portico::auth::api_key
