// SPDX-License-Identifier: Apache-2.0
// Why a token is refused. For the operator's metrics and log alone: the client is told
// `invalid_token` whatever it is.
#pragma once

#include <cstdint>
#include <string_view>

namespace portico::auth {

enum class Fault : std::uint8_t {
  TooLong,         // More than 8 KiB; nothing of it was decoded.
  Malformed,       // Not three parts of canonical base64url.
  BadHeader,       // The header is no object of strict JSON, or a member has a wrong type.
  BadClaims,       // The same of the payload.
  Extension,       // `crit`, `b64` or `zip`.
  KeyInHeader,     // `jwk`, `jku`, `x5c` or `x5u`.
  BadKeyId,        // `kid` is not 1 to 128 printable characters of ASCII.
  UnknownKey,      // No key of that name. Said by who looks for keys.
  WrongAlgorithm,  // None that we know, or not that of the key.
  BadSignature,
  WrongType,  // `typ` is that of another kind of token.
  WrongIssuer,
  WrongAudience,
  NoSubject,
  NoExpiry,
  Expired,
  NotYetValid,     // `nbf`.
  IssuedInFuture,  // `iat`.
};

/// Short and stable, for a metric's label.
[[nodiscard]] constexpr std::string_view word_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::TooLong: return "too_long";
    case Fault::Malformed: return "malformed";
    case Fault::BadHeader: return "bad_header";
    case Fault::BadClaims: return "bad_claims";
    case Fault::Extension: return "extension";
    case Fault::KeyInHeader: return "key_in_header";
    case Fault::BadKeyId: return "bad_kid";
    case Fault::UnknownKey: return "unknown_key";
    case Fault::WrongAlgorithm: return "wrong_algorithm";
    case Fault::BadSignature: return "bad_signature";
    case Fault::WrongType: return "wrong_type";
    case Fault::WrongIssuer: return "wrong_issuer";
    case Fault::WrongAudience: return "wrong_audience";
    case Fault::NoSubject: return "no_subject";
    case Fault::NoExpiry: return "no_expiry";
    case Fault::Expired: return "expired";
    case Fault::NotYetValid: return "not_yet_valid";
    case Fault::IssuedInFuture: return "issued_in_future";
  }
  return {};
}

}  // namespace portico::auth
