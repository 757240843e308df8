// SPDX-License-Identifier: Apache-2.0
// What a caller is told who does not pass. Why a token is no good is told to nobody but the
// operator's metrics: who tries tokens learns nothing. Made on the loop.
#pragma once

#include <portico/http.h>

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

/// WWW-Authenticate as RFC 6750 and RFC 9470 have it, put together when the file is loaded.
class Refusals {
 public:
  Refusals(std::span<const std::string> scopes, std::chrono::seconds max_age);

  /// 401: no credential.
  [[nodiscard]] Response nobody() const;
  /// 401: one that is no good.
  [[nodiscard]] Response invalid() const;
  /// 401: an API key that is no good.
  [[nodiscard]] Response api_key() const;
  /// 400: two credentials.
  [[nodiscard]] Response several() const;
  /// 403: a good one, without a scope that this place asks for.
  [[nodiscard]] Response insufficient() const;
  /// 401: a good one, from too long ago.
  [[nodiscard]] Response stale_login() const;
  /// 403: a cookie, and nobody knows which page sent the request.
  [[nodiscard]] Response forged() const;
  /// 503: the issuer's keys were never got.
  [[nodiscard]] Response no_keys() const;
  /// 503: nobody knows what was revoked.
  [[nodiscard]] Response no_revocations() const;
  /// 503: the store of sessions and keys does not answer.
  [[nodiscard]] Response no_sessions() const;

 private:
  FixedHeaders plain_;
  FixedHeaders invalid_;
  FixedHeaders insufficient_;
  FixedHeaders stale_login_;
};

}  // namespace portico::auth
