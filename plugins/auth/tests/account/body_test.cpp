// SPDX-License-Identifier: Apache-2.0
// Bodies and methods that are not what a flow asks for.
#include "account/site.h"

namespace portico::auth::test {
namespace {

constexpr std::string_view Good =
    R"({"email":"ada@example.com","password":"correct horse battery"})";

TEST(Attack40, RefusesADepthThatNobodyNeeds) {
  Site site;
  const std::string deep(50'000, '[');
  EXPECT_EQ(site.post("/auth/login", deep).status, Status::BadRequest);
}

TEST(Attack42, RefusesAKeyThatStandsTwice) {
  Site site;
  const Reply reply = site.post(
      "/auth/login", R"({"email":"ada@example.com","email":"eve@example.com","password":"x"})");
  EXPECT_EQ(reply.status, Status::BadRequest);
  EXPECT_EQ(code_of(reply), "invalid_json");
}

TEST(Attack45, RefusesWhatIsNoUtf8) {
  Site site;
  for (const std::string& text :
       {std::string(R"({"email":"\ud800@example.com","password":"x"})"),
        std::string("{\"email\":\"\xC0\xAF@example.com\",\"password\":\"x\"}"),
        "\xEF\xBB\xBF" + std::string(Good)}) {
    EXPECT_EQ(site.post("/auth/login", text).status, Status::BadRequest) << text;
  }
}

TEST(Attack46, RefusesANumberInThePlaceOfAText) {
  Site site;
  for (const char* number : {"1e400", "-0", "12345678901234567890"}) {
    const std::string body =
        R"({"email":"ada@example.com","password":)" + std::string(number) + "}";
    const Status status = site.post("/auth/login", body).status;
    EXPECT_TRUE(status == Status::BadRequest || status == Status::UnprocessableContent) << number;
  }
}

TEST(Attack47, RefusesWhatStandsBehindTheObject) {
  Site site;
  EXPECT_EQ(site.post("/auth/login", std::string(Good) + "{}").status, Status::BadRequest);
  EXPECT_EQ(site.post("/auth/login", std::string(Good) + "x").status, Status::BadRequest);
}

TEST(Attack49, TakesNoMethodFromAField) {
  Site site;
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("ada@example.com");
  const std::string bearer = "Bearer " + tokens.access;
  const Reply reply = site.gateway.request(
      "GET", "/auth/sessions", {{"Authorization", bearer}, {"X-HTTP-Method-Override", "DELETE"}});
  EXPECT_EQ(reply.status, Status::Ok);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Ok);
}

TEST(Attack52, DoesNothingForHeadAndOptions) {
  Site site;
  EXPECT_EQ(site.gateway.request("HEAD", "/auth/signup", {}).status, Status::MethodNotAllowed);
  EXPECT_EQ(site.gateway.request("OPTIONS", "/auth/signup", {}).status, Status::NoContent);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users"), 0);
}

TEST(Attack89, GoesNowhereThatARequestNames) {
  Site site;
  for (const char* place :
       {"//evil.tld", R"(\\evil.tld)", "https://app.example.com@evil.tld",
        R"(https://evil.tld\r\nSet-Cookie: a=b)", "javascript:alert(1)", "https://evil.tld"}) {
    for (const char* path : {"signup", "login", "refresh", "verify-email", "verify-email/resend",
                             "password/forgot", "password/reset"}) {
      const std::string body = R"({"email":"ada@example.com","redirect_to":")" +
                               std::string(place) + R"(","password":"correct horse battery"})";
      const Reply reply = site.post("/auth/" + std::string(path), body);
      EXPECT_EQ(reply.status, Status::UnprocessableContent) << path << ": " << reply.body;
      EXPECT_NE(reply.body.find("/redirect_to"), std::string::npos) << path << ": " << reply.body;
    }
  }
  EXPECT_TRUE(site.mails().empty());
}

TEST(Attack89, ShowsAndMailsNoPlaceThatAQueryNames) {
  Site site;
  const std::string query = "?redirect_to=//evil.tld&next=https://evil.tld&token=evil.tld";
  EXPECT_EQ(site.post("/auth/signup" + query, Good).status, Status::Accepted);
  EXPECT_TRUE(site.mail("verify_email").link.starts_with("https://api.example.com/auth/"));
  for (const char* page : {"/auth/verify-email", "/auth/password/reset"}) {
    const Reply reply = site.get(page + query);
    EXPECT_EQ(reply.status, Status::Ok);
    EXPECT_EQ(reply.body.find("evil"), std::string::npos) << page;
    EXPECT_EQ(reply.header("Location"), "");
  }
}

TEST(Attack106, LetsNoPageTellWhereItsReaderCameFrom) {
  Site site;
  for (const char* page : {"/auth/verify-email?token=abc", "/auth/password/reset?token=abc"}) {
    EXPECT_EQ(site.get(page).header("Referrer-Policy"), "no-referrer") << page;
    EXPECT_EQ(site.get(page).header("Cache-Control"), "no-store") << page;
  }
}

TEST(LinkPages, RunUnderAPolicyThatAllowsScriptsOfTheSiteAlone) {
  Site site;
  EXPECT_EQ(site.get("/auth/link.js").header("Content-Type"), "text/javascript; charset=utf-8");
  for (const auto& [page, script] : {std::pair{"/auth/verify-email", "\"link.js\""},
                                     std::pair{"/auth/password/reset", "\"../link.js\""}}) {
    const std::string html = site.get(page).body;
    EXPECT_NE(html.find("<script src=" + std::string(script) + "></script>"), std::string::npos)
        << html;
    EXPECT_NE(html.find("<form method=\"post\">"), std::string::npos)
        << "or a browser puts the password into the address";
  }
}

TEST(Attack125, KeepsTextsOfSqlAsTheyAre) {
  Site site;
  const std::string name = "'; DROP TABLE auth_users; -- $1 ? %27";
  const Reply reply = site.post(
      "/auth/signup",
      R"({"email":"ada@example.com","password":"correct horse battery","name":")" + name + "\"}");
  EXPECT_EQ(reply.status, Status::Accepted) << reply.body;
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_users WHERE name LIKE '%DROP TABLE%'"), 1);
  EXPECT_EQ(site.post("/auth/login", R"({"email":"' OR 1=1 --","password":"x"})").status,
            Status::Unauthorized);
}

TEST(Attack132, RefusesControlsWhereTheyWouldBeShown) {
  Site site;
  for (const char* text : {R"(a\r\nb)", R"(a\u001b[31m)", R"(a\u202eb)"}) {
    const std::string body =
        R"({"email":"ada@example.com","password":"correct horse battery","name":")" +
        std::string(text) + "\"}";
    EXPECT_EQ(site.post("/auth/signup", body).status, Status::UnprocessableContent) << text;
  }
}

TEST(Attack127, TakesNoAddressThatWouldBeAnotherField) {
  Site site;
  for (const char* email : {R"(a@example.com\r\nBcc: eve@example.com)", R"(a@example.com\nX: y)",
                            R"(\"a b\"@example.com)", R"(a@b>\r\nRCPT TO:<c@example.com)"}) {
    const std::string body =
        R"({"email":")" + std::string(email) + R"(","password":"correct horse battery"})";
    EXPECT_EQ(site.post("/auth/signup", body).status, Status::UnprocessableContent) << email;
  }
  EXPECT_TRUE(site.mails().empty());
}

}  // namespace
}  // namespace portico::auth::test
