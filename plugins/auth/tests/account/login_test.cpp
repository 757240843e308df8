// SPDX-License-Identifier: Apache-2.0
// Logging in, and what strangers learn from trying.
#include "account/site.h"

namespace portico::auth::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Login, GivesTokensThatOpenARoute) {
  Site site;
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("Ada@Example.com");
  EXPECT_EQ(site.get("/private", tokens.access).body, "mine");
  EXPECT_EQ(site.get("/private").status, Status::Unauthorized);
}

TEST(Login, AnswersNothingThatACacheKeeps) {
  Site site;
  site.enrol("ada@example.com");
  EXPECT_EQ(site.login("ada@example.com").header("Cache-Control"), "no-store");
  EXPECT_EQ(site.login("ada@example.com", "wrong password").header("Cache-Control"), "no-store");
}

TEST(Login, AsksForAConfirmedAddressAfterTheRightPasswordAlone) {
  Site site;
  site.sign_up("ada@example.com");
  const Reply right = site.login("ada@example.com");
  EXPECT_EQ(right.status, Status::Forbidden);
  EXPECT_EQ(code_of(right), "email_not_verified");
  EXPECT_EQ(code_of(site.login("ada@example.com", "wrong password")), "invalid_credentials");
}

TEST(Attack66, AnswersAllWhoMayNotInWithTheSameBytes) {
  Site site("throttle: {logins_per_address: 1000}");
  site.enrol("wrong@example.com");
  site.enrol("disabled@example.com");
  site.sign_up("pending@example.com");
  site.change(
      "UPDATE auth_users SET status = 'disabled' WHERE email_norm = 'disabled@example.com'");
  site.enrol("locked@example.com");
  for (int i = 0; i < 8; ++i) site.login("locked@example.com", "wrong password");
  const auto without_id = [](const Reply& reply) {
    const std::size_t at = reply.body.find(",\"request_id\"");
    return reply.body.substr(0, at);
  };
  const Reply unknown = site.login("nobody@example.com", "wrong password");
  EXPECT_EQ(unknown.status, Status::Unauthorized);
  for (const Reply& reply :
       {site.login("wrong@example.com", "wrong password"), site.login("disabled@example.com"),
        site.login("pending@example.com", "wrong password"), site.login("locked@example.com")}) {
    EXPECT_EQ(reply.status, unknown.status);
    EXPECT_EQ(without_id(reply), without_id(unknown));
    EXPECT_EQ(reply.headers.size(), unknown.headers.size());
  }
}

TEST(Attack69, DelaysAfterTheFifthFailureAndNeverForGood) {
  Site site("throttle: {logins_per_address: 1000}");
  site.enrol("ada@example.com");
  for (int i = 0; i < 6; ++i) site.login("ada@example.com", "wrong password");
  EXPECT_EQ(site.login("ada@example.com").status, Status::Unauthorized);
  site.gateway.advance(minutes(16));
  EXPECT_EQ(site.login("ada@example.com").status, Status::Ok);
}

TEST(Attack70, LetsAKnownDeviceInWhileStrangersFail) {
  Site site("throttle: {logins_per_address: 1000}");
  site.enrol("ada@example.com");
  const auto device = set_cookie(site.login("ada@example.com"), "__Host-device");
  ASSERT_TRUE(device);
  site.gateway.client_address("203.0.113.9");
  for (int i = 0; i < 120; ++i) {
    site.login("ada@example.com", "wrong password");
    site.gateway.advance(minutes(16));
  }
  EXPECT_EQ(site.login("ada@example.com").status, Status::Unauthorized);
  site.gateway.client_address("198.51.100.3");
  const std::string cookie = "__Host-device=" + *device;
  EXPECT_EQ(site.login("ada@example.com", Password, {{"Cookie", cookie}}).status, Status::Ok);
}

TEST(Attack71, BelievesNoForwardedAddressOfAStranger) {
  Site site("throttle: {logins_per_address: 10}");
  Status last{};
  for (int i = 0; i < 15; ++i) {
    const std::string forged = "198.51.100." + std::to_string(i);
    last = site.login("user" + std::to_string(i) + "@example.com", "wrong password",
                      {{"X-Forwarded-For", forged}})
               .status;
  }
  EXPECT_EQ(last, Status::TooManyRequests);
}

TEST(Attack72, CountsASubscribersAddressesAsOne) {
  Site site("throttle: {logins_per_address: 10}");
  Status last{};
  for (int i = 0; i < 15; ++i) {
    site.gateway.client_address("2001:db8:1:2::" + std::to_string(i + 1));
    last = site.login("user" + std::to_string(i) + "@example.com", "wrong password").status;
  }
  EXPECT_EQ(last, Status::TooManyRequests);
}

TEST(Attack73, HoldsUpOnePasswordTriedOnManyAccounts) {
  Site site("throttle: {logins_per_address: 100000, logins_in_all: 1000}");
  int refused = 0;
  for (int i = 0; i < 400; ++i) {
    site.gateway.client_address("10." + std::to_string(i / 200) + "." + std::to_string(i % 200) +
                                ".1");
    const Reply reply = site.login("user" + std::to_string(i) + "@example.com", "Summer2026!");
    refused += reply.status == Status::TooManyRequests ? 1 : 0;
  }
  EXPECT_GT(refused, 100);
}

TEST(Attack75, ForgetsTheFailuresOfThePairAloneAfterASuccess) {
  Site site("throttle: {logins_per_address: 20}");
  site.enrol("ada@example.com");
  Status last{};
  for (int i = 0; i < 8; ++i) {
    for (int j = 0; j < 3; ++j) last = site.login("ada@example.com", "wrong password").status;
    if (last == Status::TooManyRequests) break;
    EXPECT_EQ(site.login("ada@example.com").status, Status::Ok);
  }
  EXPECT_EQ(last, Status::TooManyRequests);
}

TEST(Attack62, HashesAnewOnceWhereTheCostHasChanged) {
  Site site;
  site.enrol("ada@example.com");
  // bcrypt of the same password, as another system kept it.
  site.change(
      "UPDATE auth_credentials SET secret = "
      "'$2y$05$kY9F0gPW9dWJ0pSN1mH1TeO1WDyTN5TIaw6z0Wn3qIfOGR3mVh0Vm'");
  EXPECT_EQ(site.login("ada@example.com", "not that one").status, Status::Unauthorized);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_credentials WHERE secret LIKE '$2y$%'"), 1);
}

TEST(Attack60, HashesNothingThatWouldFillTheMemory) {
  Site site;
  site.enrol("ada@example.com");
  site.change(
      "UPDATE auth_credentials SET secret = "
      "'$argon2id$v=19$m=4194304,t=1000,p=255$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA'");
  EXPECT_EQ(code_of(site.login("ada@example.com")), "invalid_credentials");
  EXPECT_TRUE(site.gateway.logged("is of no use"));
}

TEST(Login, TellsOfANewDeviceOnce) {
  Site site;
  site.enrol("ada@example.com");
  const auto device = set_cookie(site.login("ada@example.com"), "__Host-device");
  EXPECT_EQ(site.mails_about("new_device"), 1U);
  site.login("ada@example.com");
  EXPECT_EQ(site.mails_about("new_device"), 1U);
}

TEST(Attack87, RefusesALoginThatAnotherSiteSends) {
  Site site;
  site.enrol("ada@example.com");
  const Reply reply = site.login("ada@example.com", Password, {{"Sec-Fetch-Site", "cross-site"}});
  EXPECT_EQ(reply.status, Status::Forbidden);
  EXPECT_EQ(code_of(reply), "csrf_failed");
}

TEST(Attack19, RefusesTheTokenOfADisabledUserAtTheNextPoll) {
  Site site;
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("ada@example.com");
  ASSERT_EQ(site.get("/private", tokens.access).status, Status::Ok);
  site.gateway.advance(seconds(2));
  site.change(
      "UPDATE auth_users SET status = 'disabled', token_not_before = updated_at + 2000000, "
      "updated_at = updated_at + 2000000");
  site.gateway.advance(seconds(6));
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
  EXPECT_EQ(code_of(site.refresh(tokens.refresh)), "user_disabled");
}

}  // namespace
}  // namespace portico::auth::test
