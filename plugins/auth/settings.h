// SPDX-License-Identifier: Apache-2.0
// `plugins.auth`.
#pragma once

#include "account/account_settings.h"
#include "gate/identity_headers.h"
#include "issuers/issuer_settings.h"
#include <portico/schema.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace portico::auth {

/// Tokens that were verified already, for each loop.
struct CacheSettings {
  std::size_t tokens = 10'000;
  Bytes memory{16U << 20U};

  static void describe(Schema<CacheSettings>& s);
};

struct Config : AccountSettings {
  std::vector<IssuerSettings> issuers;
  std::chrono::seconds leeway{30};
  IdentityHeaders::Names identity_headers = IdentityHeaders::usual();
  bool forward_token = true;
  std::vector<Origin> trusted_origins;
  std::chrono::seconds revocation_staleness{30};
  CacheSettings token_cache;

  static void describe(Schema<Config>& s);
};

}  // namespace portico::auth
