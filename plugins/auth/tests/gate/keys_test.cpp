// SPDX-License-Identifier: Apache-2.0
// Where the keys of issuers come from, and what happens when they do not come.
#include "gate/test_issuer.h"
#include "issuers/unknown_keys.h"
#include "jose/base64url.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

namespace portico::auth {
namespace {

using namespace test;

std::string hs256(std::string_view secret, const Payload& payload) {
  const std::string text = base64url::encode(R"({"alg":"HS256","typ":"at+jwt"})") + "." +
                           base64url::encode(payload.text());
  std::array<unsigned char, 32> mac;
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &size);
  return text + "." + base64url::encode({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

std::string pem_of(const SigningKey& key) {
  const std::string der = key.private_der();
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  EVP_PKEY* const pair = d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.size()));
  BIO* const out = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(out, pair);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(out);
  EVP_PKEY_free(pair);
  return pem;
}

/// YAML in double quotes.
std::string in_yaml(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + '"';
}

class WithKeys : public Gateway {
 public:
  explicit WithKeys(const std::string& source) {
    load<AuthPlugin>("{issuers: [{issuer: \"https://id.example\", audience: api, " + source +
                     "}]}");
    use("auth");
  }
  [[nodiscard]] Status ask(std::string_view token) {
    return get("/", {{"Authorization", bearer(token)}}).status;
  }
};

TEST(IssuerKeys, MayStandInTheFileAsAJwks) {
  const TestIssuer issuer;
  WithKeys gateway("keys: " + in_yaml(issuer.jwks()));
  EXPECT_EQ(gateway.problems(), "");
  EXPECT_EQ(gateway.ask(issuer.token()), Status::Ok);
  EXPECT_EQ(gateway.ask(TestIssuer().token()), Status::Unauthorized);
}

TEST(IssuerKeys, MayStandInTheFileAsPem) {
  const TestIssuer issuer;
  WithKeys gateway("keys: " + in_yaml(pem_of(issuer.key())));
  EXPECT_EQ(gateway.problems(), "");
  EXPECT_EQ(gateway.ask(issuer.token()), Status::Ok);
  EXPECT_EQ(gateway.ask(TestIssuer().token()), Status::Unauthorized);
}

TEST(IssuerKeys, MayBeASharedSecret) {
  const std::string secret(32, 'x');
  WithKeys gateway("shared_secret: " + secret);
  EXPECT_EQ(gateway.problems(), "");
  EXPECT_EQ(gateway.ask(hs256(secret, {})), Status::Ok);
  EXPECT_EQ(gateway.ask(hs256(std::string(32, 'y'), {})), Status::Unauthorized);
  EXPECT_EQ(gateway.ask(TestIssuer().token()), Status::Unauthorized);
}

TEST(Attack34, AShortSecretStopsTheStart) {
  WithKeys gateway("shared_secret: " + std::string(31, 'x'));
  EXPECT_NE(gateway.problems().find("at least 32 bytes"), std::string::npos) << gateway.problems();
  EXPECT_EQ(gateway.problems().find("xxxx"), std::string::npos);
}

TEST(IssuerKeys, ThatAreNoneStopTheStart) {
  for (const char* const keys :
       {"nonsense", "'{\"keys\": []}'", "'{'", "'-----BEGIN PUBLIC KEY-----'"}) {
    WithKeys gateway("keys: " + std::string(keys));
    EXPECT_NE(gateway.problems(), "") << keys;
  }
}

TEST(IssuerKeys, OverPlainHttpAreForTheOperatorsOwnNetwork) {
  WithKeys plain("jwks: \"http://id.internal/keys\"");
  EXPECT_NE(plain.problems().find("internal: true"), std::string::npos) << plain.problems();
  WithKeys internal("jwks: \"http://id.internal/keys\", internal: true");
  EXPECT_EQ(internal.problems(), "");
  Fetch seen;
  internal.fetches([&seen](const Fetch& order) {
    seen = order;
    return Fetched();
  });
  internal.start();
  EXPECT_TRUE(seen.internal);
  EXPECT_EQ(seen.url, "http://id.internal/keys");
  EXPECT_LE(seen.most_bytes, 256U * 1024);
}

TEST(IssuerKeys, ThatWereNeverGotAre503) {
  Guarded gateway;
  gateway.away = true;
  const Reply reply = gateway.ask();
  EXPECT_EQ(reply.status, Status::ServiceUnavailable);
  EXPECT_EQ(code_of(reply), "keys_unavailable");
  EXPECT_EQ(reply.header("Retry-After"), "1");
  gateway.away = false;
  gateway.advance(5s);
  EXPECT_EQ(gateway.ask().status, Status::Ok);
}

TEST(IssuerKeys, StayWhenTheirServerIsAway) {
  Guarded gateway;
  EXPECT_EQ(gateway.ask().status, Status::Ok);
  gateway.away = true;
  gateway.advance(9min);
  gateway.advance(2min);
  EXPECT_GE(gateway.fetched, 2);
  EXPECT_TRUE(gateway.logged("those from before stay"));
  const std::string later = gateway.issuer.token(Payload().set("exp", "1700001200"));
  EXPECT_EQ(gateway.ask("/who", later).status, Status::Ok);
}

TEST(IssuerKeys, AreFetchedAgainForAKeyThatIsNew) {
  Guarded gateway;
  EXPECT_EQ(gateway.ask().status, Status::Ok);
  gateway.issuer.rotate();
  EXPECT_EQ(gateway.ask().status, Status::Ok);
  EXPECT_EQ(gateway.fetched, 2);
}

TEST(Attack04, AnUnknownKeyIsFetchedForOnceInHalfAMinute) {
  Guarded gateway;
  EXPECT_EQ(gateway.ask().status, Status::Ok);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(code_of(gateway.ask("/who", TestIssuer().token())), "invalid_token");
  }
  EXPECT_EQ(gateway.fetched, 2);
  gateway.advance(31s);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(code_of(gateway.ask("/who", TestIssuer().token())), "invalid_token");
  }
  EXPECT_EQ(gateway.fetched, 3);
}

TEST(UnknownKeys, HaveOneFetchForEachName) {
  UnknownKeys unknown;
  EXPECT_TRUE(unknown.grant_fetch("a", 0s));
  EXPECT_FALSE(unknown.grant_fetch("b", 29s));
  EXPECT_FALSE(unknown.grant_fetch("a", 31s));
  EXPECT_TRUE(unknown.grant_fetch("b", 31s));
  EXPECT_TRUE(unknown.grant_fetch("a", 121s));
  unknown.forget();
  EXPECT_EQ(unknown.size(), 0U);
  EXPECT_FALSE(unknown.grant_fetch("c", 122s));
}

TEST(UnknownKeys, AreFew) {
  UnknownKeys unknown;
  for (int i = 0; i < 1000; ++i) {
    static_cast<void>(unknown.grant_fetch(std::to_string(i), i * 30s));
    EXPECT_LE(unknown.size(), UnknownKeys::MostNames);
  }
}

}  // namespace
}  // namespace portico::auth
