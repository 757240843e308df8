// SPDX-License-Identifier: Apache-2.0
#include "account/secrets.h"

#include <string_view>

namespace portico::auth {
namespace {

/// The number of the key that `secret` gives. A change of the secret ends all sessions.
constexpr std::uint8_t KeyNumber = 1;

Digest derived(const Host& host, std::string_view purpose) {
  Digest key{};
  host.derive_key(purpose, key);
  return key;
}

RefreshTokens tokens(const Host& host, std::string_view purpose) {
  return RefreshTokens({{.number = KeyNumber, .bytes = derived(host, purpose)}});
}

}  // namespace

Secrets::Secrets(const Host& host)
    : codes(derived(host, "codes")),
      throttle(derived(host, "throttle")),
      devices(derived(host, "devices")),
      refresh(tokens(host, "refresh tokens")),
      cookies(tokens(host, "session cookies")) {}

}  // namespace portico::auth
