// SPDX-License-Identifier: Apache-2.0
#include "api/own_site.h"
#include "webhook/secret.h"
#include "webhook/signature.h"

#include <array>

namespace portico::notify::test {
namespace {

constexpr std::string_view SecretText = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

class SuppressionsApi : public ::testing::Test {
 public:
  struct Signed {
    std::string id = "msg_1";
    std::string signature;
    std::string time;
  };
  /// As a provider signs it, so many seconds ago.
  static Signed sign(std::string_view body, std::string_view secret = SecretText,
                     std::int64_t ago = 0) {
    Signed made;
    const std::int64_t now = 1'700'000'000 - ago;
    made.time = std::to_string(now);
    const webhook::SigningSecret signing{webhook::Secret::parse(secret).value()};
    made.signature = webhook::signature_header(
        std::array{signing}, made.id, std::chrono::seconds(now), body, std::chrono::seconds(now));
    return made;
  }
  Reply report(std::string_view body, const Signed& with) {
    return site.call("", "POST", "/bounces", body,
                     {{"webhook-id", with.id},
                      {"webhook-timestamp", with.time},
                      {"webhook-signature", with.signature}});
  }
  int report(std::string_view body) { return status_of(report(body, sign(body))); }
  static std::string bounce(std::string_view type, std::string_view email) {
    return R"({"type":")" + std::string(type) + R"(","email":")" + std::string(email) + "\"}";
  }

  OwnSite site{Holds::Everything, "bounce_secret: \"" + std::string(SecretText) + "\"\n"};
};

TEST_F(SuppressionsApi, AreOfAddressesThatBouncedForGood) {
  EXPECT_EQ(report(bounce("soft", "soft@example.com")), 204);
  EXPECT_EQ(report(bounce("hard", "Hard@Example.com")), 204);
  site.gateway.advance(0s);
  EXPECT_EQ(report(bounce("complaint", "angry@example.com")), 204);
  EXPECT_EQ(report(bounce("complaint", "hard@example.com")), 204) << "it stays as it is";
  const std::string body = site.get("root", "/suppressions").body;
  EXPECT_EQ(body.find("soft@"), std::string::npos);
  EXPECT_NE(body.find(R"("email":"Hard@example.com","reason":"bounced","source":"provider")"),
            std::string::npos)
      << body;
  EXPECT_NE(body.find(R"("email":"angry@example.com","reason":"complained")"), std::string::npos);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_suppressions"), 2);
  EXPECT_TRUE(site.gateway.logged("a mail bounced for now"));
}

TEST_F(SuppressionsApi, KeepMailsBack) {
  report(bounce("hard", "ADA@example.com"));
  const std::string to_ada = R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"}})";
  EXPECT_EQ(status_of(site.call("root", "POST", "/messages", to_ada)), 202);
  site.gateway.advance(1s);
  EXPECT_EQ(site.mails(), "");
  EXPECT_EQ(status_of(site.call("root", "DELETE", "/suppressions/ada@example.com")), 204);
  ASSERT_EQ(site.audit().size(), 1U);
  EXPECT_TRUE(site.audit()[0].starts_with("suppression_removed address "));
  EXPECT_EQ(site.audit()[0].find('@'), std::string::npos) << "nothing personal";
  site.call("root", "POST", "/messages", to_ada);
  site.gateway.advance(1s);
  EXPECT_NE(site.mails().find("ada@example.com"), std::string::npos);
}

TEST_F(SuppressionsApi, AreTakenBackOnce) {
  report(bounce("hard", "a+b@example.com"));
  for (const char* bad : {"nobody@example.com", "x", "'%20OR%201=1", "a%40b@c", "$1"}) {
    EXPECT_EQ(status_of(site.call("root", "DELETE", "/suppressions/" + std::string(bad))), 404)
        << bad;
  }
  EXPECT_EQ(status_of(site.call("root", "DELETE", "/suppressions/a+b%40example.com")), 204);
  EXPECT_EQ(status_of(site.call("root", "DELETE", "/suppressions/a+b@example.com")), 404);
}

TEST_F(SuppressionsApi, GoPageByPage) {
  for (int i = 0; i < 5; ++i) {
    report(bounce("hard", "a" + std::to_string(i) + "@example.com"));
    if (i == 2) site.gateway.advance(1s);
  }
  std::string seen;
  std::string next;
  int pages = 0;
  do {
    const std::string body =
        site.get("root", "/suppressions?limit=2" + (next.empty() ? "" : "&cursor=" + next)).body;
    for (int i = 0; i < 5; ++i) {
      if (body.find("a" + std::to_string(i) + "@") != std::string::npos) seen += std::to_string(i);
    }
    next = member_of(body, "next");
    ++pages;
  } while (!next.empty() && next != "null" && pages < 9);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen.size(), 5U) << seen;
  EXPECT_NE(seen.substr(0, 2).find_first_of("34"), std::string::npos) << "the newest first";
}

// Cases 125 and 126.
TEST_F(SuppressionsApi, TakeNoCursorThatWasEdited) {
  for (int i = 0; i < 2; ++i) report(bounce("hard", "a" + std::to_string(i) + "@example.com"));
  std::string cursor = member_of(site.get("root", "/suppressions?limit=1").body, "next");
  ASSERT_GT(cursor.size(), 20U);
  EXPECT_EQ(status_of(site.get("root", "/suppressions?cursor=" + cursor)), 200);
  EXPECT_EQ(status_of(site.get("ada", "/inbox?cursor=" + cursor)), 422) << "of another list";
  cursor[5] = cursor[5] == 'x' ? 'y' : 'x';
  EXPECT_EQ(status_of(site.get("root", "/suppressions?cursor=" + cursor)), 422);
  EXPECT_EQ(status_of(site.get("root", "/suppressions?cursor=%27%20OR%201=1")), 422);
}

// Whoever could forge a report could have anybody's mails stopped.
TEST_F(SuppressionsApi, AreReportedByWhoHasTheSecret) {
  const std::string body = bounce("hard", "ada@example.com");
  const auto code = [&](const Signed& with, std::string_view sent) {
    const Reply reply = report(sent, with);
    return std::to_string(status_of(reply)) + " " + code_of(reply);
  };
  EXPECT_EQ(code(sign(body), bounce("hard", "bob@example.com")), "401 signature_invalid");
  EXPECT_EQ(code(sign(body, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), body),
            "401 signature_invalid");
  EXPECT_EQ(code(sign(body, SecretText, 301), body), "401 signature_invalid") << "a replay";
  EXPECT_EQ(code(sign(body, SecretText, -301), body), "401 signature_invalid");
  Signed other = sign(body);
  other.id = "msg_2";
  EXPECT_EQ(code(other, body), "401 signature_invalid");
  EXPECT_EQ(status_of(site.call("root", "POST", "/bounces", body)), 401);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_suppressions"), 0);
  EXPECT_EQ(code(sign(body), body), "204 ");
}

TEST_F(SuppressionsApi, TakeNoReportThatSaysNothing) {
  EXPECT_EQ(report(bounce("odd", "a@example.com")), 422);
  EXPECT_EQ(report(bounce("hard", "a@example.com> x")), 422);
  EXPECT_EQ(report(R"({"type":"hard"})"), 422);
  EXPECT_EQ(report(R"({"type":"soft","email":"a@example.com","delivery_id":"'; --"})"), 422);
  EXPECT_EQ(report("{"), 400);
  EXPECT_EQ(
      report(
          R"({"type":"soft","email":"a@example.com","delivery_id":"0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e"})"),
      204);
}

TEST(SuppressionsApiAlone, NeedPermissions) {
  OwnSite site(Holds::Nothing);
  EXPECT_EQ(status_of(site.get("ada", "/suppressions")), 403);
  EXPECT_EQ(status_of(site.call("ada", "DELETE", "/suppressions/ada@example.com")), 403);
}

TEST(SuppressionsApiAlone, AreNotReportedWhereNobodyHasASecret) {
  OwnSite site;
  EXPECT_EQ(
      status_of(site.call("", "POST", "/bounces", R"({"type":"hard","email":"ada@example.com"})")),
      404);
}

TEST(SuppressionsApiAlone, RefuseASecretThatIsNone) {
  EXPECT_THROW(OwnSite(Holds::Everything, "bounce_secret: \"guess me\"\n"), std::runtime_error);
}

}  // namespace
}  // namespace portico::notify::test
