// SPDX-License-Identifier: Apache-2.0
// The algorithms of RFC 7518 and RFC 8037 that we verify. There is no `none`, and none of the
// curves and sizes that nobody needs here. A key has one algorithm; the header of a token only
// has to name the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::auth {

enum class Algorithm : std::uint8_t {
  Es256,  // ECDSA on P-256 with SHA-256. What we sign with.
  EdDsa,  // Ed25519.
  Rs256,  // RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits and more.
  Hs256,  // HMAC with SHA-256, secrets of 32 bytes and more.
};

/// As `alg` spells it.
[[nodiscard]] constexpr std::string_view name_of(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::Es256: return "ES256";
    case Algorithm::EdDsa: return "EdDSA";
    case Algorithm::Rs256: return "RS256";
    case Algorithm::Hs256: return "HS256";
  }
  return {};
}

/// Exactly so spelled; nothing for every other name.
[[nodiscard]] constexpr std::optional<Algorithm> algorithm_named(std::string_view name) noexcept {
  for (const auto each : {Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256, Algorithm::Hs256}) {
    if (name == name_of(each)) return each;
  }
  return std::nullopt;
}

}  // namespace portico::auth
