// SPDX-License-Identifier: Apache-2.0
// The keys that accounts need, each for one purpose, derived from the gateway's `secret`: every
// node with that secret has the same. Made from `start` on.
#pragma once

#include "session/refresh_token.h"
#include "store/digest.h"
#include <portico/host.h>

namespace portico::auth {

struct Secrets {
  explicit Secrets(const Host& host);

  Digest codes;     ///< Of codes that people type.
  Digest throttle;  ///< Of what is throttled.
  Digest devices;   ///< Of cookies of devices.
  RefreshTokens refresh;
  /// Session cookies have the form of refresh tokens, by a key of their own: neither is good in the
  /// place of the other.
  RefreshTokens cookies;
};

}  // namespace portico::auth
