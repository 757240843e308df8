// SPDX-License-Identifier: Apache-2.0
// Passwords that are forgotten, reset and changed; profiles; what is public.
#include "account/site.h"

namespace portico::auth::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view Other = "another long password";

std::string reset_body(const std::string& token, std::string_view password = Other) {
  return R"({"token":")" + token + R"(","password":")" + std::string(password) + "\"}";
}

class Account : public ::testing::Test {
 public:
  Account() {
    site.enrol("ada@example.com");
    tokens = site.tokens("ada@example.com");
  }

  Reply forgot(std::string_view email) {
    return site.post("/auth/password/forgot", R"({"email":")" + std::string(email) + "\"}");
  }

  Reply reauthenticate(std::string_view password) {
    return site.with_token("POST", "/auth/reauthenticate", tokens.access,
                           R"({"password":")" + std::string(password) + "\"}");
  }

  /// Up to the ceiling of the account, from everywhere, at the same moment.
  void strangers_fail() {
    for (int i = 0; i < 100; ++i) {
      site.gateway.client_address("203.0." + std::to_string(i / 4) + ".9");
      site.login("ada@example.com", "wrong password");
    }
    site.gateway.client_address("192.0.2.1");
  }

  Site site;
  Tokens tokens;
};

TEST_F(Account, GetsAnotherPasswordByMail) {
  EXPECT_EQ(forgot("ada@example.com").status, Status::Accepted);
  const Reply reset =
      site.post("/auth/password/reset", reset_body(site.mail("reset_password").token()));
  EXPECT_EQ(reset.status, Status::NoContent) << reset.body;
  EXPECT_EQ(site.login("ada@example.com").status, Status::Unauthorized);
  EXPECT_EQ(site.login("ada@example.com", Other).status, Status::Ok);
  EXPECT_EQ(site.mails_about("password_changed"), 1U);
}

TEST_F(Account, LosesItsSessionsWithAReset) {
  forgot("ada@example.com");
  site.post("/auth/password/reset", reset_body(site.mail("reset_password").token()));
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
  EXPECT_EQ(code_of(site.refresh(tokens.refresh)), "session_expired");
}

TEST_F(Account, Attack67SaysTheSameToStrangers) {
  const Reply known = forgot("ada@example.com");
  const Reply unknown = forgot("nobody@example.com");
  EXPECT_EQ(unknown.status, known.status);
  EXPECT_EQ(unknown.body, known.body);
  EXPECT_EQ(site.mails_about("reset_password"), 1U);
}

TEST_F(Account, Attack93IsResetOnceByALink) {
  forgot("ada@example.com");
  const std::string body = reset_body(site.mail("reset_password").token());
  EXPECT_EQ(site.post("/auth/password/reset", body).status, Status::NoContent);
  EXPECT_EQ(site.post("/auth/password/reset", body).status, Status::Gone);
}

TEST_F(Account, KeepsALinkThatAWeakPasswordWasTriedWith) {
  forgot("ada@example.com");
  const std::string token = site.mail("reset_password").token();
  EXPECT_EQ(code_of(site.post("/auth/password/reset", reset_body(token, "password123"))),
            "weak_password");
  EXPECT_EQ(code_of(site.post("/auth/password/reset", reset_body(token, Password))),
            "same_password");
  EXPECT_EQ(site.post("/auth/password/reset", reset_body(token)).status, Status::NoContent);
}

TEST_F(Account, IsLetInAfterAResetThatStrangersHadHeldUp) {
  for (int i = 0; i < 8; ++i) site.login("ada@example.com", "wrong password");
  forgot("ada@example.com");
  site.post("/auth/password/reset", reset_body(site.mail("reset_password").token()));
  EXPECT_EQ(site.login("ada@example.com", Other).status, Status::Ok);
}

TEST_F(Account, ChangesItsPassword) {
  const Tokens elsewhere = site.tokens("ada@example.com");
  const std::string body =
      R"({"current_password":"correct horse battery","password":")" + std::string(Other) + "\"}";
  EXPECT_EQ(site.with_token("POST", "/auth/me/password", tokens.access, body).status,
            Status::NoContent);
  EXPECT_EQ(site.get("/private", elsewhere.access).status, Status::Unauthorized);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Ok);
  EXPECT_EQ(site.login("ada@example.com", Other).status, Status::Ok);
}

TEST_F(Account, ChangesItsPasswordForNobodyWhoDoesNotKnowIt) {
  const std::string body =
      R"({"current_password":"wrong password","password":"another long password"})";
  const Reply reply = site.with_token("POST", "/auth/me/password", tokens.access, body);
  EXPECT_EQ(reply.status, Status::Unauthorized);
  EXPECT_EQ(code_of(reply), "reauth_failed");
  for (int i = 0; i < 6; ++i) site.with_token("POST", "/auth/me/password", tokens.access, body);
  EXPECT_EQ(site.with_token("POST", "/auth/me/password", tokens.access, body).status,
            Status::TooManyRequests);
}

TEST_F(Account, Attack70IsProvedByWhoIsLoggedInWhileStrangersFail) {
  strangers_fail();
  site.gateway.client_address("198.51.100.3");
  ASSERT_EQ(site.login("ada@example.com").status, Status::Unauthorized) << "strangers are held up";
  EXPECT_EQ(reauthenticate(Password).status, Status::Ok);
}

TEST_F(Account, Attack70IsProvedByNobodyAfterFailuresOfTheSessionItself) {
  strangers_fail();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(reauthenticate("wrong password").status, Status::Unauthorized) << i;
  }
  EXPECT_EQ(reauthenticate(Password).status, Status::TooManyRequests);
  site.gateway.advance(seconds(1));
  EXPECT_EQ(reauthenticate(Password).status, Status::Ok);
  EXPECT_EQ(reauthenticate("wrong password").status, Status::Unauthorized) << "begins anew";
}

TEST_F(Account, ProvesThatItsUserIsStillThere) {
  site.gateway.advance(minutes(5));
  const Reply reply = reauthenticate(Password);
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_EQ(site.get("/private", member(reply.body, "access_token")).status, Status::Ok);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_sessions WHERE auth_time > created_at"), 1);
}

TEST_F(Account, Attack107ChangesNothingOfItselfThatIsNotItsOwn) {
  for (const char* body : {R"({"role":"admin"})", R"({"status":"active"})",
                           R"({"email_verified":true})", R"({"is_admin":true})"}) {
    EXPECT_EQ(site.with_token("PATCH", "/auth/me", tokens.access, body).status,
              Status::UnprocessableContent)
        << body;
  }
  EXPECT_EQ(site.with_token("PATCH", "/auth/me", tokens.access, R"({"name":"Ada"})").status,
            Status::Ok);
  EXPECT_EQ(member(site.get("/auth/me", tokens.access).body, "name"), "Ada");
}

TEST_F(Account, HasTheNamesOfWhatItsUserChangedInTheAuditLog) {
  const auto change = [&](std::string_view body) {
    EXPECT_EQ(site.with_token("PATCH", "/auth/me", tokens.access, body).status, Status::Ok);
  };
  const auto entries = [&](const std::string& detail) {
    return site.number(
        "SELECT COUNT(*) FROM auth_audit_log WHERE action = 'user_updated' AND detail LIKE '" +
        detail + "'");
  };
  change(R"({"name":"Ada","timezone":"Europe/Berlin"})");
  EXPECT_EQ(entries(R"({"fields":["name","timezone"]})"), 1);
  change(R"({"name":"Ada","locale":"de"})");
  EXPECT_EQ(entries(R"({"fields":["locale"]})"), 1);
  change(R"({"name":"Ada"})");
  EXPECT_EQ(entries("%"), 2) << "where nothing changes there is nothing to tell";
}

TEST_F(Account, Attack157PublishesNoPrivateKey) {
  const Reply keys = site.get("/.well-known/jwks.json");
  EXPECT_EQ(keys.status, Status::Ok);
  EXPECT_NE(keys.body.find("\"kty\""), std::string::npos) << keys.body;
  for (const char* secret : {"\"d\"", "\"p\"", "\"q\"", "\"k\"", "\"dp\""}) {
    EXPECT_EQ(keys.body.find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(
      site.gateway.get("/.well-known/jwks.json", {{"If-None-Match", keys.header("ETag")}}).status,
      Status::NotModified);
}

TEST_F(Account, HasItsFirstKeyInTheAuditLog) {
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_audit_log WHERE action = 'key_rotated'"), 1);
}

TEST_F(Account, SaysWhereThingsAre) {
  const Reply found = site.get("/.well-known/openid-configuration");
  EXPECT_EQ(member(found.body, "issuer"), "https://api.example.com");
  EXPECT_EQ(member(found.body, "jwks_uri"), "https://api.example.com/.well-known/jwks.json");
  EXPECT_EQ(member(site.get("/auth/settings").body, "password_min"), "8");
}

TEST_F(Account, Attack35TakesNoTokenAfterItsKeyIsGone) {
  site.change("DELETE FROM auth_signing_keys");
  site.gateway.advance(seconds(61));
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
}

TEST_F(Account, Attack158NoticesAChangedAuditEntry) {
  site.gateway.advance(seconds(2));
  EXPECT_GT(site.number("SELECT COUNT(*) FROM auth_audit_log WHERE hash IS NOT NULL"), 2);
}

}  // namespace
}  // namespace portico::auth::test
