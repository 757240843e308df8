// SPDX-License-Identifier: Apache-2.0
// Whoever makes tokens in these tests, honest or not: any header and any payload, signed by keys of
// every kind straight on OpenSSL.
#pragma once

#include "jose/key.h"
#include "jose/openssl.h"
#include "jose/rules.h"

#include <chrono>
#include <string>
#include <string_view>

namespace portico::auth::testing {

inline constexpr std::chrono::seconds Now{1'800'000'000};

/// Of an access token that keeps `our_rules()` at Now.
inline constexpr std::string_view GoodClaims =
    R"({"iss":"https://id.example","aud":"api","sub":"u1","exp":1800000600,"iat":1799999999})";

/// GoodClaims with members more: `"nbf":1`.
[[nodiscard]] std::string claims_with(std::string_view members);

[[nodiscard]] Rules our_rules();

class Forge {
 public:
  /// The same key for the whole program, except as `other` says.
  static const Forge& es256();
  static const Forge& es384();
  static const Forge& eddsa();
  static const Forge& rs256();
  static const Forge& rsa1024();
  static Forge another_es256();

  /// Requires a key that can be one of ours.
  [[nodiscard]] Key key(std::string_view id = "k1") const;
  [[nodiscard]] std::string pem() const;
  [[nodiscard]] std::string der() const;
  [[nodiscard]] EVP_PKEY* pkey() const noexcept { return pkey_.get(); }

  /// As JOSE writes it.
  [[nodiscard]] std::string signature(std::string_view text) const;
  [[nodiscard]] std::string token(std::string_view header,
                                  std::string_view payload = GoodClaims) const;

 private:
  explicit Forge(EVP_PKEY* pkey) : pkey_(pkey) {}

  KeyPointer pkey_;
};

inline constexpr std::string_view Es256Header = R"({"alg":"ES256","kid":"k1","typ":"at+jwt"})";

[[nodiscard]] std::string hs256_signature(std::string_view secret, std::string_view text);
[[nodiscard]] std::string hs256_token(std::string_view secret, std::string_view header,
                                      std::string_view payload = GoodClaims);
/// The encoded parts with dots between.
[[nodiscard]] std::string compact(std::string_view header, std::string_view payload,
                                  std::string_view signature);

/// "fine", or the word of the first fault that one meets who parses, verifies and checks.
[[nodiscard]] std::string verdict(std::string_view token, const Key& key,
                                  const Rules& rules = our_rules(), std::chrono::seconds now = Now);
/// Of a token of `Forge::es256`, against its key.
[[nodiscard]] std::string verdict(std::string_view token);

}  // namespace portico::auth::testing
