// SPDX-License-Identifier: Apache-2.0
#include "webhook/signature.h"

#include "webhook/base64.h"
#include "webhook/message_id.h"
#include "webhook/verification.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify::webhook {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;
using namespace std::chrono_literals;

constexpr const char* SharedText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* PairText =
    "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
constexpr const char* PublicText = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
constexpr const char* Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr seconds Time{1614265330};
constexpr const char* Body = R"({"test": 2432232314})";
constexpr const char* SharedSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
constexpr const char* PairSignature =
    "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

Secret secret(const char* text) { return Secret::parse(text).value(); }

std::string sign(const std::vector<SigningSecret>& secrets, microseconds now = Time) {
  return signature_header(secrets, Id, Time, Body, now);
}

// Case 141: the published vector of Standard Webhooks.
TEST(Signature, IsThatOfTheStandardVector) {
  EXPECT_EQ(sign_v1(secret(SharedText).bytes(), Id, Time, Body), SharedSignature);
  EXPECT_EQ(sign({{secret(SharedText)}}), SharedSignature);
}

// Case 141: the vector that the libraries of receivers are tested with.
TEST(Signature, IsThatOfTheVectorForEd25519) {
  EXPECT_EQ(sign_v1a(secret(PairText).bytes(), Id, Time, Body), PairSignature);
  EXPECT_EQ(sign({{secret(PairText)}}), PairSignature);
}

// Case 141: a rotation sends two signatures; the old one stops at valid_until.
TEST(Signature, IsMadeByThePreviousSecretUntilItsTimeIsOver) {
  const std::vector<SigningSecret> secrets{{secret(PairText)}, {secret(SharedText), Time + 24h}};
  const std::string both = std::string(PairSignature) + " " + SharedSignature;
  EXPECT_EQ(sign(secrets), both);
  EXPECT_EQ(sign(secrets, Time + 24h - 1us), both);
  EXPECT_EQ(sign(secrets, Time + 24h), PairSignature);
}

TEST(Signature, IsNeverMissing) {
  EXPECT_THROW((void)sign({}), std::invalid_argument);
  EXPECT_THROW((void)sign({{secret(SharedText), Time}}), std::invalid_argument);
}

// Case 140: a dot in the id would let "msg_a.1" at 2 be read as "msg_a" at 1.
TEST(Signature, RefusesAnIdWithADot) {
  const Secret shared = secret(SharedText);
  for (const char* const id : {"msg_a.1", "msg_", "", "a", "msg_a b", "msg_a\n", "msg_\xc3\xa4"}) {
    EXPECT_THROW((void)sign_v1(shared.bytes(), id, Time, Body), std::invalid_argument) << id;
  }
  EXPECT_THROW((void)sign_v1(shared.bytes(), Id, -1s, Body), std::invalid_argument);
}

// Case 142: each byte of the body counts, NUL and all.
TEST(Signature, DependsOnEachByte) {
  const Secret shared = secret(SharedText);
  const std::string body("a\0b", 3);
  const std::string other("a\0c", 3);
  EXPECT_NE(sign_v1(shared.bytes(), Id, Time, body), sign_v1(shared.bytes(), Id, Time, other));
  EXPECT_NE(sign_v1(shared.bytes(), Id, Time, body), sign_v1(shared.bytes(), Id, Time + 1s, body));
}

TEST(MessageId, IsMadeOfTheIdOfARow) {
  EXPECT_EQ(message_id_of("0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e"),
            "msg_0192f0c17a5e7c3b9d2e5f6a7b8c9d0e");
  EXPECT_THROW((void)message_id_of("0192.f0c1"), std::invalid_argument);
  EXPECT_THROW((void)message_id_of("--"), std::invalid_argument);
  EXPECT_THROW((void)message_id_of(std::string(65, 'a')), std::invalid_argument);
}

Received received(std::string_view signature, std::string_view timestamp = "1614265330") {
  return {Id, timestamp, signature, Body};
}

TEST(Verifier, BelievesWhatWeSign) {
  const auto shared = Verifier::parse(SharedText);
  const auto half = Verifier::parse(PublicText);
  ASSERT_TRUE(shared && half);
  EXPECT_TRUE(shared->genuine(received(SharedSignature), Time));
  EXPECT_TRUE(half->genuine(received(PairSignature), Time));
  const std::string both = std::string("v9,x ") + PairSignature + " " + SharedSignature;
  EXPECT_TRUE(shared->genuine(received(both), Time));
  EXPECT_TRUE(half->genuine(received(both), Time));
}

TEST(Verifier, RefusesForgedOnes) {
  const auto shared = Verifier::parse(SharedText);
  const auto half = Verifier::parse(PublicText);
  ASSERT_TRUE(shared && half);
  std::string wrong = SharedSignature;
  wrong[5] = 'X';
  for (const std::string& text :
       {wrong, std::string(), std::string("v1,"), std::string("v1"), std::string(PairSignature),
        std::string(SharedSignature).substr(3), std::string("v1a,") + (SharedSignature + 3),
        std::string(9, ' ') + SharedSignature}) {
    EXPECT_FALSE(shared->genuine(received(text), Time)) << text;
  }
  EXPECT_FALSE(half->genuine(received(SharedSignature), Time));
  Received other = received(SharedSignature);
  other.body = R"({"test": 2432232315})";
  EXPECT_FALSE(shared->genuine(other, Time));
}

TEST(Verifier, RefusesWhatIsOldOrFromTheFuture) {
  const auto shared = Verifier::parse(SharedText);
  ASSERT_TRUE(shared);
  EXPECT_TRUE(shared->genuine(received(SharedSignature), Time + 5min));
  EXPECT_FALSE(shared->genuine(received(SharedSignature), Time + 5min + 1us));
  EXPECT_TRUE(shared->genuine(received(SharedSignature), Time - 5min));
  EXPECT_FALSE(shared->genuine(received(SharedSignature), Time - 5min - 1us));
  for (const char* const text : {"", "-1", "01614265330", "1614265330 ", "999999999999", "1e9"}) {
    EXPECT_FALSE(shared->genuine(received(SharedSignature, text), Time)) << text;
  }
}

TEST(Verifier, ReadsTheReceiversSideAlone) {
  EXPECT_FALSE(Verifier::parse(PairText));
  EXPECT_FALSE(Verifier::parse("whpk_"));
  EXPECT_FALSE(Verifier::parse("whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  EXPECT_FALSE(Verifier::parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}

}  // namespace
}  // namespace portico::notify::webhook
