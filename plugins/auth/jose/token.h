// SPDX-License-Identifier: Apache-2.0
// A JWS in the compact form (RFC 7515 §7.1) whose payload is claims, as a client sends it. Parsing
// believes nothing and asks nobody: no key is taken from a token, nothing is fetched that it names.
// A value of its own, any thread; nothing throws but a lack of memory.
//
//   auto token = Token::parse(text);                       // then find a key by issuer and key_id
//   if (auto fault = verify_signature(*token, key)) ...    // the algorithm is that of the key
//   if (auto fault = check(*token, rules, now)) ...        // jose/rules.h
#pragma once

#include "jose/algorithm.h"
#include "jose/claims.h"
#include "jose/fault.h"
#include "jose/json.h"
#include "jose/key.h"
#include "jose/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

struct Header {
  Algorithm algorithm;
  std::string_view key_id;  // `kid`; empty where there is none.
  std::string_view type;    // `typ`, likewise.
};

class Token {
 public:
  static constexpr std::size_t MostSize = 8192;

  /// The text must outlive every `verify_signature` of the token; the rest of it is the token's
  /// own.
  [[nodiscard]] static Result<Token, Fault> parse(std::string_view compact);

  [[nodiscard]] const Header& header() const noexcept { return header_; }
  [[nodiscard]] const Claims& claims() const noexcept { return claims_; }
  /// The JSON text of the claims, as it was signed.
  [[nodiscard]] std::string_view payload() const noexcept { return payload_; }

  /// What was signed: the first two parts and the dot.
  [[nodiscard]] std::string_view signed_text() const noexcept { return signed_text_; }
  [[nodiscard]] std::string_view signature() const noexcept { return signature_; }

 private:
  Token(Json header_json, Json payload_json)
      : header_json_(std::move(header_json)), payload_json_(std::move(payload_json)) {}

  Json header_json_;
  Json payload_json_;
  Header header_{};
  Claims claims_;
  std::string payload_;
  std::string signature_;
  std::string_view signed_text_;
};

/// Nothing where the key signed that text. A token that asks for another algorithm than that of the
/// key is refused before anything is computed.
[[nodiscard]] std::optional<Fault> verify_signature(const Token& token, const Key& key) noexcept;

}  // namespace portico::auth
