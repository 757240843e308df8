// SPDX-License-Identifier: Apache-2.0
// What the RFCs print.
#include "jose/base64url.h"
#include "jose/forge.h"
#include "jose/key.h"
#include "jose/token.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

constexpr std::string_view Payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";

constexpr std::string_view HmacJwk =
    R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwj)"
    R"(AzZr1Z9CAow"})";
constexpr std::string_view HmacSignature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

constexpr std::string_view RsaJwk =
    R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJ)"
    R"(rcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bS)"
    R"(f63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4)"
    R"(LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",)"
    R"("e":"AQAB"})";
constexpr std::string_view RsaSignature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
    "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO"
    "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

constexpr std::string_view EcJwk =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr std::string_view EcSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

constexpr std::string_view EdJwk =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

constexpr std::string_view ThumbprintJwk =
    R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFF)"
    R"(xuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-)"
    R"(65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bF)"
    R"(TWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",)"
    R"("e":"AQAB","alg":"RS256"})";

struct Vector {
  std::string_view jwk;
  std::string_view header;  // As it is encoded.
  std::string_view signature;
};

void expect_verified(const Vector& vector) {
  const auto key = Key::from_jwk(vector.jwk);
  ASSERT_TRUE(key) << key.error().sentence;
  const std::string text =
      std::string(vector.header) + '.' + std::string(Payload) + '.' + std::string(vector.signature);
  const auto token = Token::parse(text);
  ASSERT_TRUE(token) << word_of(token.error());
  EXPECT_EQ(verify_signature(*token, *key), std::nullopt);
  EXPECT_EQ(token->claims().issuer, "joe");
  EXPECT_EQ(token->claims().expires, std::chrono::seconds(1300819380));
  EXPECT_EQ(token->payload(), base64url::decode(Payload));
}

TEST(Rfc7515, VerifiesTheHs256OfA1) {
  expect_verified({HmacJwk, "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", HmacSignature});
}

TEST(Rfc7515, VerifiesTheRs256OfA2) {
  expect_verified({RsaJwk, "eyJhbGciOiJSUzI1NiJ9", RsaSignature});
}

TEST(Rfc7515, VerifiesTheEs256OfA3) {
  expect_verified({EcJwk, "eyJhbGciOiJFUzI1NiJ9", EcSignature});
}

// Its payload is a sentence, no claims, and so no token of ours.
TEST(Rfc8037, VerifiesTheEd25519OfA4) {
  const auto key = Key::from_jwk(EdJwk);
  ASSERT_TRUE(key);
  const auto signature = base64url::decode(
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  EXPECT_TRUE(
      key->verifies("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", *signature));
  EXPECT_FALSE(
      key->verifies("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmd", *signature));
}

TEST(Rfc8037, HasTheThumbprintOfA3) {
  const auto key = Key::from_jwk(EdJwk);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST(Rfc7638, HasTheThumbprintOfItsExample) {
  const auto key = Key::from_jwk(ThumbprintJwk);
  ASSERT_TRUE(key) << key.error().sentence;
  EXPECT_EQ(key->id(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

}  // namespace
}  // namespace portico::auth
