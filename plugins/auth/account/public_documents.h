// SPDX-License-Identifier: Apache-2.0
// What anybody may know: the keys that verify our tokens, where things are, and what a sign-up
// form should ask for. Any thread.
#pragma once

#include "account/account_settings.h"
#include "keys/key_ring.h"
#include <portico/host.h>
#include <portico/http.h>

#include <string>
#include <vector>

namespace portico::auth {

struct PublicSettings {
  bool sign_up = true;
  bool verification = true;
  std::string delivery;
  std::uint32_t password_min = 8;
  std::uint32_t password_max = 128;

  static void describe(Schema<PublicSettings>& s);
};

class PublicDocuments {
 public:
  PublicDocuments(const Host& host, const AccountSettings& settings, const KeyRing& keys)
      : host_(host), settings_(settings), keys_(keys) {}

  /// /.well-known/jwks.json
  [[nodiscard]] Response jwks(Request& request) const;
  /// /.well-known/openid-configuration
  [[nodiscard]] Response discovery() const;
  /// /settings
  [[nodiscard]] Response settings() const;

 private:
  const Host& host_;
  const AccountSettings& settings_;
  const KeyRing& keys_;
};

}  // namespace portico::auth
