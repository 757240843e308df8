// SPDX-License-Identifier: Apache-2.0
// What a token says (RFC 7519 §4, RFC 9068 §2.2). Whether it is true is for `verify_signature` and
// `check` to tell. Other claims are left alone; who wants them reads the payload.
#pragma once

#include "jose/json.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace portico::auth {

/// Texts refer to the Json that they were read from.
struct Claims {
  static constexpr std::size_t MostAudiences = 32;
  static constexpr std::size_t MostRoles = 50;
  static constexpr std::size_t MostMethods = 32;

  /// Since 1970. Not later than the year 9999, where a token names a later time: so microseconds
  /// hold it as well.
  using Time = std::optional<std::chrono::seconds>;

  // Empty where the token does not say.
  std::string_view issuer;                         // iss
  std::string_view subject;                        // sub
  std::string_view id;                             // jti
  std::string_view session;                        // sid
  std::string_view scope;                          // scope
  std::vector<std::string_view> audience;          // aud
  std::vector<std::string_view> roles;             // roles
  std::vector<std::string_view> methods;           // amr
  Time expires;                                    // exp
  Time not_before;                                 // nbf
  Time issued;                                     // iat
  Time authenticated;                              // auth_time
  std::optional<std::int64_t> permission_version;  // pv
};

/// Nothing where one of these claims has another form: texts, whole numbers from 0 to 2^53, bounded
/// arrays of texts (`aud` may be one text).
[[nodiscard]] std::optional<Claims> claims_of(const Json::Value& payload);

}  // namespace portico::auth
