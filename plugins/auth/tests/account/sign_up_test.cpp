// SPDX-License-Identifier: Apache-2.0
// Signing up, and confirming an address.
#include "account/site.h"

namespace portico::auth::test {
namespace {

TEST(SignUp, SendsALinkThatConfirmsTheAddress) {
  Site site;
  const Reply reply = site.sign_up("ada@example.com");
  EXPECT_EQ(reply.status, Status::Accepted);
  EXPECT_EQ(member(reply.body, "status"), "verification_required");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users WHERE status = 'pending'"), 1);
  const SentMail mail = site.mail("verify_email");
  EXPECT_EQ(mail.to, "ada@example.com");
  EXPECT_TRUE(mail.link.starts_with("https://api.example.com/auth/verify-email?token="))
      << mail.link;
  EXPECT_EQ(site.post("/auth/verify-email", R"({"token":")" + mail.token() + "\"}").status,
            Status::Ok);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users WHERE status = 'active'"), 1);
}

TEST(SignUp, SendsACodeThatDoesTheSame) {
  Site site;
  site.sign_up("ada@example.com");
  const std::string body =
      R"({"email":"ada@example.com","code":")" + site.mail("verify_email").code + "\"}";
  EXPECT_EQ(site.post("/auth/verify-email", body).status, Status::Ok);
  EXPECT_EQ(site.login("ada@example.com").status, Status::Ok);
}

TEST(SignUp, ForgetsACodeAfterFiveWrongOnes) {
  Site site("throttle: {sign_ups_per_address: 1000}");
  site.sign_up("ada@example.com");
  for (int i = 0; i < 5; ++i) {
    const Reply reply =
        site.post("/auth/verify-email", R"({"email":"ada@example.com","code":"00000000"})");
    EXPECT_EQ(reply.status, Status::UnprocessableContent);
    EXPECT_EQ(code_of(reply), "code_invalid");
  }
  const std::string right =
      R"({"email":"ada@example.com","code":")" + site.mail("verify_email").code + "\"}";
  EXPECT_EQ(site.post("/auth/verify-email", right).status, Status::UnprocessableContent);
}

TEST(Attack65, AnswersARepeatedSignUpWithTheSameBytes) {
  Site site;
  const Reply first = site.sign_up("eve@example.com");
  site.enrol("ada@example.com");
  const Reply second = site.sign_up("ada@example.com", "another long password");
  EXPECT_EQ(second.status, first.status);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users"), 2);
  EXPECT_EQ(site.mails_about("already_registered"), 1U);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_audit_log WHERE action = 'signup_repeated'"), 1);
}

constexpr const char* Strangers = "a stranger's password";

std::string confirm(Site& site) {
  const std::string body = R"({"token":")" + site.mail("verify_email").token() + "\"}";
  return member(site.post("/auth/verify-email", body).body, "status");
}

/// Whoever confirms the address has a mail by which to choose a password, and no other is good.
void expect_choice(Site& site) {
  EXPECT_EQ(confirm(site), "password_needed");
  EXPECT_EQ(site.login("ada@example.com", Strangers).status, Status::Unauthorized);
  EXPECT_EQ(site.login("ada@example.com").status, Status::Unauthorized);
  const Reply set =
      site.post("/auth/password/reset", R"({"token":")" + site.mail("reset_password").token() +
                                            R"(","password":"chosen by its owner"})");
  EXPECT_EQ(set.status, Status::NoContent) << set.body;
  EXPECT_EQ(site.login("ada@example.com", "chosen by its owner").status, Status::Ok);
}

TEST(SignUp, LetsTheOwnerChooseWhereAStrangerSignedUpBefore) {
  Site site;
  site.sign_up("ada@example.com", Strangers);
  const std::string strangers = site.mail("verify_email").token();
  site.sign_up("ada@example.com");
  EXPECT_EQ(site.post("/auth/verify-email", R"({"token":")" + strangers + "\"}").status,
            Status::Gone);
  expect_choice(site);
}

TEST(SignUp, LetsTheOwnerChooseWhereAStrangerSignedUpAfter) {
  Site site("throttle: {mails_per_account: 2}");
  site.sign_up("ada@example.com");
  for (int i = 0; i < 3; ++i) site.sign_up("ada@example.com", Strangers);
  EXPECT_EQ(site.mails_about("verify_email"), 2U);
  expect_choice(site);
}

TEST(SignUp, TakesThePasswordThatIsGivenAgain) {
  Site site;
  site.sign_up("ada@example.com");
  site.sign_up("ada@example.com");
  EXPECT_EQ(confirm(site), "verified");
  EXPECT_EQ(site.login("ada@example.com").status, Status::Ok);
}

TEST(Attack65, TakesNoPasswordFromARepeatedSignUp) {
  Site site;
  site.enrol("ada@example.com");
  site.sign_up("ada@example.com", "another long password");
  EXPECT_EQ(site.login("ada@example.com").status, Status::Ok);
  EXPECT_EQ(site.login("ada@example.com", "another long password").status, Status::Unauthorized);
}

TEST(Attack58, RefusesWhatOthersGuessFirst) {
  Site site("sign_up: open");
  for (const char* password : {"password123", "qwertyuiop", "ada.lovelace-2024"}) {
    const Reply reply = site.sign_up("ada.lovelace@example.com", password);
    EXPECT_EQ(reply.status, Status::UnprocessableContent) << password;
    EXPECT_EQ(code_of(reply), "weak_password") << password;
    EXPECT_EQ(reply.body.find(password), std::string::npos) << reply.body;
  }
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users"), 0);
}

TEST(Attack53, RefusesALongPasswordWithoutHashingIt) {
  Site site;
  const std::string password(513, 'x');
  EXPECT_EQ(site.sign_up("ada@example.com", password).status, Status::UnprocessableContent);
  EXPECT_EQ(site.login("ada@example.com", password).status, Status::UnprocessableContent);
}

TEST(Attack41, RefusesABodyOfMoreThan64KiB) {
  Site site;
  const std::string password(std::size_t{1} << 20U, 'x');
  EXPECT_EQ(site.sign_up("ada@example.com", password).status, Status::ContentTooLarge);
  EXPECT_EQ(site.login("ada@example.com", password).status, Status::ContentTooLarge);
}

TEST(Attack43, RefusesUnknownFields) {
  Site site;
  const Reply reply = site.post(
      "/auth/signup", R"({"email":"ada@example.com","password":"correct horse","plan":"gold"})");
  EXPECT_EQ(reply.status, Status::UnprocessableContent);
  EXPECT_NE(reply.body.find(R"("code":"unknown_field")"), std::string::npos) << reply.body;
}

TEST(Attack44, RefusesFormsAndText) {
  Site site;
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded"}) {
    const Reply reply = site.gateway.request("POST", "/auth/login", {{"Content-Type", type}},
                                             R"({"email":"a@example.com","password":"x"})");
    EXPECT_EQ(reply.status, Status::UnsupportedMediaType) << type;
  }
}

TEST(Attack108, LetsNobodyMakeThemselvesAnAdministrator) {
  Site site;
  for (const char* field : {"role", "is_admin", "status", "email_verified"}) {
    const Reply reply = site.post(
        "/auth/signup", R"({"email":"ada@example.com","password":"correct horse battery",")" +
                            std::string(field) + "\":true}");
    EXPECT_EQ(reply.status, Status::UnprocessableContent) << field;
  }
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users"), 0);
}

TEST(Attack92, TakesALinkOnce) {
  Site site;
  site.sign_up("ada@example.com");
  const std::string body = R"({"token":")" + site.mail("verify_email").token() + "\"}";
  EXPECT_EQ(site.post("/auth/verify-email", body).status, Status::Ok);
  const Reply again = site.post("/auth/verify-email", body);
  EXPECT_EQ(again.status, Status::Gone);
  EXPECT_EQ(code_of(again), "token_expired");
}

TEST(Attack94, TakesNoLinkThatIsASecondTooOld) {
  Site site("links: {verify_life: 10m}");
  site.sign_up("ada@example.com");
  site.gateway.advance(std::chrono::minutes(10) + std::chrono::seconds(1));
  EXPECT_EQ(
      site.post("/auth/verify-email", R"({"token":")" + site.mail("verify_email").token() + "\"}")
          .status,
      Status::Gone);
}

TEST(Attack95, TakesNoTokenForAnotherPurpose) {
  Site site;
  site.sign_up("ada@example.com");
  const std::string token = site.mail("verify_email").token();
  EXPECT_EQ(site.post("/auth/password/reset",
                      R"({"token":")" + token + R"(","password":"another long password"})")
                .status,
            Status::Gone);
}

TEST(Attack96, ForgetsTheOlderLink) {
  Site site;
  site.sign_up("ada@example.com");
  const std::string older = site.mail("verify_email").token();
  EXPECT_EQ(site.post("/auth/verify-email/resend", R"({"email":"ada@example.com"})").status,
            Status::Accepted);
  EXPECT_EQ(site.mails_about("verify_email"), 2U);
  EXPECT_EQ(site.post("/auth/verify-email", R"({"token":")" + older + "\"}").status, Status::Gone);
  EXPECT_EQ(
      site.post("/auth/verify-email", R"({"token":")" + site.mail("verify_email").token() + "\"}")
          .status,
      Status::Ok);
}

TEST(Attack97, ChangesNothingWhenALinkIsOpened) {
  Site site;
  site.sign_up("ada@example.com");
  const std::string token = site.mail("verify_email").token();
  const Reply page = site.get("/auth/verify-email?token=" + token);
  EXPECT_EQ(page.status, Status::Ok);
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.body.find(token), std::string::npos);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users WHERE status = 'active'"), 0);
  EXPECT_EQ(site.post("/auth/verify-email", R"({"token":")" + token + "\"}").status, Status::Ok);
}

TEST(Attack105, MailsNoLinkToAHostThatARequestNames) {
  Site site;
  site.post("/auth/signup", R"({"email":"ada@example.com","password":"correct horse battery"})",
            {{"Host", "evil.example"}, {"X-Forwarded-Host", "evil.example"}});
  EXPECT_TRUE(site.mail("verify_email").link.starts_with("https://api.example.com/"));
}

TEST(Attack153, StopsMailingOneAddressAndSaysNothing) {
  Site site("throttle: {sign_ups_per_address: 1000}");
  site.enrol("ada@example.com");
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(site.post("/auth/password/forgot", R"({"email":"ada@example.com"})").status,
              Status::Accepted);
  }
  EXPECT_EQ(site.mails_about("reset_password"), 5U);
}

TEST(Attack161, MakesOneUserOfManySignUpsInTurn) {
  Site site("throttle: {sign_ups_per_address: 1000}");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(site.sign_up("ada@example.com").status, Status::Accepted);
  }
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users"), 1);
}

TEST(SignUp, IsClosedWhereTheFileSaysSo) {
  Site site("sign_up: closed");
  const Reply reply = site.sign_up("ada@example.com");
  EXPECT_EQ(reply.status, Status::Forbidden);
  EXPECT_EQ(code_of(reply), "signup_disabled");
}

TEST(SignUp, IsLimitedForEachAddress) {
  Site site("throttle: {sign_ups_per_address: 10}");
  Status last{};
  for (int i = 0; i < 12; ++i) {
    const Reply reply = site.sign_up("user" + std::to_string(i) + "@example.com");
    last = reply.status;
    if (last == Status::TooManyRequests) {
      EXPECT_EQ(code_of(reply), "rate_limited");
      EXPECT_NE(reply.header("Retry-After"), "");
    }
  }
  EXPECT_EQ(last, Status::TooManyRequests);
  site.gateway.client_address("198.51.100.7");
  EXPECT_EQ(site.sign_up("other@example.com").status, Status::Accepted);
}

TEST(SignUp, KeepsNoPasswordAndNoToken) {
  Site site;
  site.enrol("ada@example.com");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_credentials WHERE secret LIKE '$argon2id$%'"),
            1);
  EXPECT_FALSE(site.gateway.logged(Password));
  EXPECT_FALSE(site.gateway.logged(site.mail("verify_email").token()));
}

}  // namespace
}  // namespace portico::auth::test
