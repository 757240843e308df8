// SPDX-License-Identifier: Apache-2.0
// A token from a stranger, through all that is done before it is believed. As it came, and, so that
// the search is not stopped by base64, as header, payload and signature on lines of their own.
#include "jose/base64url.h"
#include "jose/key.h"
#include "jose/rules.h"
#include "jose/token.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace portico::auth;

/// The keys of RFC 7515 and RFC 8037, and a secret.
const std::array<Key, 4>& keys() {
  static const std::array<Key, 4> all{
      *Key::from_jwk(
          R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
          R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})"),
      *Key::from_jwk(
          R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})"),
      *Key::from_jwk(
          R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPd)"
          R"(dxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ4)"
          R"(7soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xs)"
          R"(mtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs)"
          R"(91kzk2PAcDTW9gb54h4FRWyuXpoQ"})"),
      *Key::from_secret("0123456789abcdef0123456789abcdef")};
  return all;
}

void try_token(std::string_view text) {
  const auto token = Token::parse(text);
  if (!token) {
    if (word_of(token.error()).empty()) std::abort();
    return;
  }
  // What was accepted has this one spelling.
  const std::size_t dot = token->signed_text().find('.');
  if (base64url::encode(token->payload()) != token->signed_text().substr(dot + 1) ||
      base64url::encode(token->signature()) != text.substr(token->signed_text().size() + 1)) {
    std::abort();
  }
  const Rules rules{.issuer = "joe", .audiences = {"api"}, .types = {"JWT", "at+jwt", ""}};
  static_cast<void>(check(*token, rules, std::chrono::seconds(1300819380)));
  for (const Key& key : keys()) {
    const auto fault = verify_signature(*token, key);
    if (!fault && key.algorithm() != token->header().algorithm) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_token(text);
  const std::size_t first = text.find('\n');
  if (first == std::string_view::npos) return 0;
  const std::size_t second = text.find('\n', first + 1);
  if (second == std::string_view::npos) return 0;
  try_token(base64url::encode(text.substr(0, first)) + '.' +
            base64url::encode(text.substr(first + 1, second - first - 1)) + '.' +
            base64url::encode(text.substr(second + 1)));
  return 0;
}
