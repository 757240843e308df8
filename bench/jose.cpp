// SPDX-License-Identifier: Apache-2.0
// How many tokens of one kind a thread verifies in a second. Arguments: ES256, RS256, EdDSA, HS256
// or sign, and for how many seconds. Prints two figures: the signature alone, which is what
// `openssl speed` measures without the digest; and parse, signature and claims, which is what a
// request costs.
#include "jose/base64url.h"
#include "jose/key.h"
#include "jose/rules.h"
#include "jose/signing_key.h"
#include "jose/token.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sys/resource.h>

namespace {

using namespace portico::auth;

constexpr std::chrono::seconds Now{1'800'000'000};
constexpr std::string_view Payload =
    R"({"iss":"https://api.example.com","sub":"018f3f9e-5c2a-7c61-9d6e-0d5f5c1f2a3b","aud":"api",)"
    R"("exp":1800000600,"iat":1800000000,"nbf":1800000000,"jti":"018f3f9e-5c2a-7c61-9d6e-0d5f5c1f2a3c",)"
    R"("sid":"018f3f9e-5c2a-7c61-9d6e-0d5f5c1f2a3d","amr":["pwd"],"auth_time":1799999000,)"
    R"("scope":"bookings:read bookings:write","roles":["user","editor"],"pv":3})";
constexpr std::string_view Secret = "0123456789abcdef0123456789abcdef";

struct Subject {
  Key key;
  std::string text;
};

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

std::string unsigned_text(std::string_view algorithm) {
  return base64url::encode(R"({"alg":")" + std::string(algorithm) +
                           R"(","kid":"k","typ":"at+jwt"})") +
         '.' + base64url::encode(Payload);
}

Subject signed_by(KeyPointer pkey, std::string_view algorithm, const EVP_MD* digest) {
  std::string text = unsigned_text(algorithm);
  std::string signature(1024, '\0');
  std::size_t size = signature.size();
  const DigestContext context(EVP_MD_CTX_new());
  auto half = public_key_of(*pkey);
  if (!half || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, pkey.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     octets(text), text.size()) != 1) {
    fail("cannot sign");
  }
  text += '.' + base64url::encode(std::string_view(signature).substr(0, size));
  return {Key::of(*std::move(half)), std::move(text)};
}

Subject authenticated() {
  std::string text = unsigned_text("HS256");
  unsigned char mac[32];
  std::size_t size = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, Secret.data(), Secret.size(),
                octets(text), text.size(), mac, sizeof(mac), &size) == nullptr) {
    fail("cannot make a MAC");
  }
  text += '.' + base64url::encode({reinterpret_cast<const char*>(mac), size});
  return {*Key::from_secret(Secret), std::move(text)};
}

Subject subject_of(std::string_view kind) {
  if (kind == "ES256") {
    const SigningKey key = SigningKey::generate();
    return {key.public_key(), key.sign(Payload)};
  }
  if (kind == "RS256") return signed_by(KeyPointer(EVP_RSA_gen(2048)), kind, EVP_sha256());
  if (kind == "EdDSA") {
    return signed_by(KeyPointer(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")), kind, nullptr);
  }
  if (kind == "HS256") return authenticated();
  fail("usage: portico_bench_jose ES256|RS256|EdDSA|HS256|sign [SECONDS]");
}

/// Of this process, in user mode: what `openssl speed` divides by.
std::chrono::duration<double> time_used() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::chrono::seconds(usage.ru_utime.tv_sec) +
         std::chrono::microseconds(usage.ru_utime.tv_usec);
}

template <class Work>
double rate(std::chrono::duration<double> length, Work work) {
  constexpr int Batch = 64;
  for (int i = 0; i < Batch; ++i) work();
  const auto begin = time_used();
  std::chrono::duration<double> taken{0};
  double done = 0;
  while (taken < length) {
    for (int i = 0; i < Batch; ++i) work();
    done += Batch;
    taken = time_used() - begin;
  }
  return done / taken.count();
}

void measure(const Subject& subject, std::chrono::duration<double> length) {
  const Rules rules{.issuer = "https://api.example.com", .audiences = {"api"}};
  const auto parsed = Token::parse(subject.text);
  if (!parsed) fail("the token is not read");
  const double signature = rate(length, [&] {
    if (verify_signature(*parsed, subject.key)) fail("the signature is refused");
  });
  const double whole = rate(length, [&] {
    const auto token = Token::parse(subject.text);
    if (!token || verify_signature(*token, subject.key) || check(*token, rules, Now)) {
      fail("the token is refused");
    }
  });
  std::printf("%.0f %.0f\n", signature, whole);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view kind = argc > 1 ? argv[1] : "";
  const std::chrono::duration<double> length(argc > 2 ? std::atof(argv[2]) : 3);
  if (kind == "sign") {
    const SigningKey key = SigningKey::generate();
    const double made = rate(length, [&] {
      if (key.sign(Payload).empty()) fail("nothing is signed");
    });
    std::printf("%.0f\n", made);
  } else {
    measure(subject_of(kind), length);
  }
}
