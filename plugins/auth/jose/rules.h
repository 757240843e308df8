// SPDX-License-Identifier: Apache-2.0
// What a token has to say to be accepted at one place. Any thread.
#pragma once

#include "jose/fault.h"
#include "jose/token.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

struct Rules {
  /// `iss`, byte for byte.
  std::string issuer;
  /// `aud` must name one of them. Where this is empty, nothing is accepted.
  std::vector<std::string> audiences;
  /// `typ`, in any case, with or without "application/" in front; "" accepts a token without one.
  /// Of our own issuer nothing but access tokens; others often write "JWT" or nothing.
  std::vector<std::string> types{"at+jwt"};
  /// How far clocks may be apart.
  std::chrono::seconds leeway{30};
};

/// Nothing for a token that keeps the rules at that time, since 1970. Its signature is another
/// matter.
[[nodiscard]] std::optional<Fault> check(const Token& token, const Rules& rules,
                                         std::chrono::microseconds now) noexcept;

}  // namespace portico::auth
