// SPDX-License-Identifier: Apache-2.0
#include "jose/token.h"

#include "jose/base64url.h"

#include <utility>

namespace portico::auth {
namespace {

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
};

/// Exactly three, none of them empty.
std::optional<Parts> parts_of(std::string_view compact) noexcept {
  const std::size_t first = compact.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = compact.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const Parts parts{compact.substr(0, first), compact.substr(first + 1, second - first - 1),
                    compact.substr(second + 1)};
  if (parts.header.empty() || parts.payload.empty() || parts.signature.empty()) return std::nullopt;
  if (parts.signature.find('.') != std::string_view::npos) return std::nullopt;
  return parts;
}

/// Members that would change what the rest means, or who vouches for it.
std::optional<Fault> member_fault(std::string_view name) noexcept {
  // Critical extensions must be understood, and we know none (RFC 7515 §4.1.11); `b64` changes what
  // is signed, `zip` lets a small token grow.
  if (name == "crit" || name == "b64" || name == "zip") return Fault::Extension;
  // A key that the sender brings along, or tells us to fetch, proves nothing and makes us his
  // messenger. No issuer of access tokens needs them; they are refused rather than overlooked.
  if (name == "jwk" || name == "jku" || name == "x5c" || name == "x5u") return Fault::KeyInHeader;
  return std::nullopt;
}

Result<Header, Fault> header_of(const Json::Value& json) noexcept {
  for (const Json::Value member : json) {
    if (const auto fault = member_fault(member.key())) return *fault;
  }
  Header header{};
  const auto name = json.member("alg");
  if (!name || !name->text()) return Fault::BadHeader;
  const auto algorithm = algorithm_named(*name->text());
  if (!algorithm) return Fault::WrongAlgorithm;
  header.algorithm = *algorithm;
  if (const auto id = json.member("kid")) {
    header.key_id = id->text().value_or(std::string_view());
    if (!Key::is_id(header.key_id)) return Fault::BadKeyId;
  }
  if (const auto type = json.member("typ")) {
    if (!type->text()) return Fault::BadHeader;
    header.type = *type->text();
  }
  return header;
}

}  // namespace

Result<Token, Fault> Token::parse(std::string_view compact) {
  if (compact.size() > MostSize) return Fault::TooLong;
  const auto parts = parts_of(compact);
  if (!parts) return Fault::Malformed;
  const auto header_text = base64url::decode(parts->header);
  auto payload = base64url::decode(parts->payload);
  auto signature = base64url::decode(parts->signature);
  if (!header_text || !payload || !signature) return Fault::Malformed;

  auto header_json = Json::object(*header_text);
  if (!header_json) return Fault::BadHeader;
  const auto header = header_of(header_json->root());
  if (!header) return header.error();
  auto payload_json = Json::object(*payload);
  if (!payload_json) return Fault::BadClaims;
  auto claims = claims_of(payload_json->root());
  if (!claims) return Fault::BadClaims;

  Token token(*std::move(header_json), *std::move(payload_json));
  token.header_ = *header;
  token.claims_ = *std::move(claims);
  token.payload_ = *std::move(payload);
  token.signature_ = *std::move(signature);
  token.signed_text_ = compact.substr(0, compact.rfind('.'));
  return token;
}

std::optional<Fault> verify_signature(const Token& token, const Key& key) noexcept {
  if (token.header().algorithm != key.algorithm()) return Fault::WrongAlgorithm;
  if (!key.verifies(token.signed_text(), token.signature())) return Fault::BadSignature;
  return std::nullopt;
}

}  // namespace portico::auth
