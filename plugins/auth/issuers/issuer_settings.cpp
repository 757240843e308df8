// SPDX-License-Identifier: Apache-2.0
#include "issuers/issuer_settings.h"

#include "jose/key.h"

#include <algorithm>
#include <string_view>

namespace portico::auth {
namespace {

constexpr double MostNames = 32;
constexpr double LongestName = 255;

std::string fault_of_prefix(std::string_view text) {
  const bool fits = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
  return fits ? "" : "is no prefix; write printable characters without blanks";
}

int sources_of(const IssuerSettings& it) {
  return (it.jwks ? 1 : 0) + (it.keys.empty() ? 0 : 1) + (it.shared_secret.empty() ? 0 : 1);
}

}  // namespace

void IssuerSettings::describe(Schema<IssuerSettings>& s) {
  s.summary("Whose tokens are accepted, and by which keys.");
  s.field("issuer", &IssuerSettings::issuer,
          "`iss` of its tokens, to the letter: a slash at the end makes another issuer.")
      .required()
      .min(1)
      .max(LongestName)
      .example("\"https://id.example.com\"");
  s.field("audience", &IssuerSettings::audience,
          "What its tokens must be for: one of these must be in `aud`.")
      .required()
      .min(1)
      .max(MostNames)
      .example("api");
  s.field("jwks", &IssuerSettings::jwks, "Where its keys are published, as a JWKS.")
      .example("\"https://id.example.com/keys\"");
  s.field("keys", &IssuerSettings::keys,
          "Its keys themselves: a JWKS, or one public key as PEM; \"${file:/path}\" for one in a "
          "file.")
      .secret();  // A JWKS may hold a key of HMAC.
  s.field("shared_secret", &IssuerSettings::shared_secret,
          "For HS256, 32 bytes at least: who has it can make tokens as well as check them.");
  s.field("types", &IssuerSettings::types,
          "What may stand in `typ` of its tokens; \"\" is a token without it. `at+jwt` are access "
          "tokens as RFC 9068 has them; with `JWT` an ID token may pass for one.")
      .min(1)
      .max(8);
  s.field("subject_prefix", &IssuerSettings::subject_prefix,
          "Stands before its users' names, so that none is taken for another issuer's.")
      .max(64)
      .check(fault_of_prefix)
      .example("\"partner:\"");
  s.field("internal", &IssuerSettings::internal,
          "`jwks` may be in the operator's own network, and speak plain HTTP.");
  s.field("refresh", &IssuerSettings::refresh, "How often `jwks` is fetched again.")
      .min(std::chrono::seconds(30))
      .max(std::chrono::hours(24));
  s.field("timeout", &IssuerSettings::timeout, "Of one fetch.")
      .min(std::chrono::milliseconds(100))
      .max(std::chrono::seconds(60));
  s.rule("keys come from one place; write one of `jwks`, `keys` and `shared_secret`",
         [](const IssuerSettings& it) { return sources_of(it) == 1; });
  s.rule("`shared_secret` must have at least 32 bytes; make one with `openssl rand -base64 32`",
         [](const IssuerSettings& it) {
           return it.shared_secret.empty() ||
                  it.shared_secret.reveal().size() >= Key::LeastSecretSize;
         });
  s.rule(
      "`jwks` must begin with https: who can change the keys on their way makes tokens; in a "
      "network of your own write `internal: true`",
      [](const IssuerSettings& it) {
        return !it.jwks || it.jwks->scheme == "https" || (it.internal && it.jwks->scheme == "http");
      });
}

}  // namespace portico::auth
