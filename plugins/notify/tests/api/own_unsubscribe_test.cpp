// SPDX-License-Identifier: Apache-2.0
// The link of a mail, from the mail on.
#include "api/own_site.h"

#include <algorithm>

namespace portico::notify::test {
namespace {

class UnsubscribeApi : public ::testing::Test {
 public:
  void send(std::string_view to, std::string_view category) {
    const Reply reply =
        site.call("root", "POST", "/messages",
                  R"({"to":)" + std::string(to) + R"(,"category":")" + std::string(category) +
                      R"(","content":{"title":"Hello","body":"text"}})");
    ASSERT_EQ(reply.status, Status::Accepted) << reply.body;
    site.gateway.advance(1s);
  }
  /// The path below the mount that the last mail's header shows.
  std::string link() {
    const std::string mails = site.mails();
    const std::size_t header = mails.rfind("List-Unsubscribe: <");
    if (header == std::string::npos) return {};
    std::string url = mails.substr(header + 19, mails.find('>', header) - header - 19);
    std::erase_if(url, [](char c) { return c == '\r' || c == '\n' || c == ' '; });
    constexpr std::string_view Before = "https://api.example.com/notify";
    EXPECT_TRUE(url.starts_with(Before)) << url;
    return url.substr(Before.size());
  }
  std::ptrdiff_t sent() {
    const std::string mails = site.mails();
    std::ptrdiff_t count = 0;
    for (std::size_t at = mails.find("Subject: "); at != std::string::npos;
         at = mails.find("Subject: ", at + 1)) {
      ++count;
    }
    return count;
  }
  /// As a mail provider does it.
  Reply click(const std::string& path) {
    return site.gateway.request("POST", "/notify" + path,
                                {{"Content-Type", "application/x-www-form-urlencoded"}},
                                "List-Unsubscribe=One-Click");
  }

  static constexpr std::string_view Ada = R"({"user_id":"ada"})";
  static constexpr std::string_view Stranger = R"({"email":"eve@example.org"})";
  OwnSite site;
};

// Case 148: one click, no login; what is critical still comes.
TEST_F(UnsubscribeApi, TurnsOffWhatTheMailIsOf) {
  send(Ada, "news");
  EXPECT_EQ(sent(), 1);
  const std::string path = link();
  ASSERT_FALSE(path.empty());
  EXPECT_EQ(status_of(click(path)), 200);
  EXPECT_EQ(status_of(click(path)), 200) << "twice is once";
  send(Ada, "news");
  EXPECT_EQ(sent(), 1);
  send(Ada, "offers");
  EXPECT_EQ(sent(), 2);
  send(Ada, "security");
  EXPECT_EQ(sent(), 3);
  EXPECT_NE(site.get("ada", "/preferences").body.find(R"("email":false,"inbox":true)"),
            std::string::npos);
}

TEST_F(UnsubscribeApi, WorksForWhoHasNoAccount) {
  send(Stranger, "news");
  EXPECT_EQ(status_of(click(link())), 200);
  send(Stranger, "news");
  EXPECT_EQ(sent(), 1);
  send(Ada, "news");
  EXPECT_EQ(sent(), 2) << "others get theirs";
}

// Case 148: a GET, which scanners of mails make too, does not.
TEST_F(UnsubscribeApi, ShowsAPageThatChangesNothing) {
  send(Ada, "news");
  const Reply page = site.gateway.get("/notify" + link());
  EXPECT_EQ(status_of(page), 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  const std::string_view policy = page.header("Content-Security-Policy");
  EXPECT_TRUE(policy.starts_with("default-src 'none';")) << policy;
  EXPECT_EQ(policy.find("script"), std::string_view::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string_view::npos);
  EXPECT_NE(page.body.find("News &amp; more"), std::string::npos);
  EXPECT_NE(page.body.find("<form method=\"post\">"), std::string::npos);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  site.gateway.request("HEAD", "/notify" + link());
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_preferences"), 0);
  send(Ada, "news");
  EXPECT_EQ(sent(), 2);
}

TEST_F(UnsubscribeApi, TakesNoTokenThatWasNotMadeHere) {
  send(Ada, "news");
  const std::string path = link();
  const auto refused = [&](const std::string& bad) {
    EXPECT_EQ(status_of(click(bad)), 410) << bad;
    EXPECT_EQ(status_of(site.gateway.get("/notify" + bad)), 410) << bad;
  };
  std::string edited = path;
  edited[30] = edited[30] == 'A' ? 'B' : 'A';
  refused(edited);
  refused(path.substr(0, path.size() - 1));
  refused(path + "A");
  refused("/unsubscribe/x");
  refused("/unsubscribe/'%20OR%201=1--");
  refused("/unsubscribe/" + std::string(4000, 'A'));
  const std::string cursor = [&] {
    site.put_into_inbox("ada", "One");
    site.put_into_inbox("ada", "Two");
    return member_of(site.get("ada", "/inbox?limit=1").body, "next");
  }();
  ASSERT_FALSE(cursor.empty());
  refused("/unsubscribe/" + cursor);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_preferences"), 0);
}

TEST_F(UnsubscribeApi, IsNotOfferedForWhatIsCritical) {
  send(Ada, "security");
  EXPECT_EQ(sent(), 1);
  EXPECT_EQ(site.mails().find("List-Unsubscribe"), std::string::npos);
}

}  // namespace
}  // namespace portico::notify::test
