// SPDX-License-Identifier: Apache-2.0
#include "api/own_site.h"

#include <set>

namespace portico::notify::test {
namespace {

class InboxApi : public ::testing::Test {
 public:
  std::string unread(std::string_view user) {
    return member_of(site.get(user, "/inbox").body, "unread");
  }
  int mark_read(std::string_view user, const std::string& id) {
    return status_of(site.call(user, "POST", "/inbox/" + id + "/read"));
  }

  OwnSite site;
};

TEST_F(InboxApi, ShowsWhatIsTheCallersOwn) {
  site.put_into_inbox("ada", "First");
  site.put_into_inbox("ada", "Second");
  site.put_into_inbox("bob", "Other");
  const Reply reply = site.get("ada", "/inbox");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_LT(reply.body.find("Second"), reply.body.find("First")) << "the newest first";
  EXPECT_EQ(reply.body.find("Other"), std::string::npos);
  EXPECT_EQ(member_of(reply.body, "unread"), "2");
  EXPECT_EQ(member_of(reply.body, "title"), "Second");
  EXPECT_NE(member_of(reply.body, "body").find("text"), std::string::npos) << reply.body;
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
}

TEST_F(InboxApi, AsksWhoIsLoggedIn) {
  for (const char* path : {"/inbox", "/preferences"}) {
    EXPECT_EQ(status_of(site.get("", path)), 401) << path;
    EXPECT_EQ(status_of(site.get("ada", path, {{"X-Issuer", "https://elsewhere"}})), 403) << path;
  }
  EXPECT_EQ(status_of(site.call("", "POST", "/inbox/read-all")), 401);
}

// Case 110: another's id is as if there were none.
TEST_F(InboxApi, MarksNothingOfOthers) {
  const std::string id = site.put_into_inbox("bob", "Other");
  EXPECT_EQ(mark_read("ada", id), 404);
  EXPECT_EQ(unread("bob"), "1");
  EXPECT_EQ(mark_read("bob", id), 204);
  EXPECT_EQ(mark_read("bob", id), 204) << "twice is once";
  EXPECT_EQ(unread("bob"), "0");
}

TEST_F(InboxApi, MarksAllAsRead) {
  for (int i = 0; i < 3; ++i) site.put_into_inbox("ada", "Hello");
  site.put_into_inbox("bob", "Other");
  EXPECT_EQ(member_of(site.call("ada", "POST", "/inbox/read-all").body, "read"), "3");
  EXPECT_EQ(member_of(site.call("ada", "POST", "/inbox/read-all").body, "read"), "0");
  EXPECT_EQ(unread("ada"), "0");
  EXPECT_EQ(unread("bob"), "1");
}

TEST_F(InboxApi, ShowsWhatIsUnread) {
  const std::string id = site.put_into_inbox("ada", "First");
  site.put_into_inbox("ada", "Second");
  mark_read("ada", id);
  const std::string body = site.get("ada", "/inbox?unread=true").body;
  EXPECT_EQ(body.find("First"), std::string::npos);
  EXPECT_NE(body.find("Second"), std::string::npos);
  EXPECT_EQ(member_of(body, "unread"), "1");
  EXPECT_EQ(status_of(site.get("ada", "/inbox?unread=1")), 422);
}

TEST_F(InboxApi, GoesPageByPage) {
  std::set<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.insert(site.put_into_inbox("ada", "Hello"));
  EXPECT_EQ(ids.size(), 5U);
  std::string next;
  int pages = 0;
  do {
    const std::string body =
        site.get("ada", "/inbox?limit=2" + (next.empty() ? "" : "&cursor=" + next)).body;
    for (std::size_t at = body.find(R"("id":")"); at != std::string::npos;
         at = body.find(R"("id":")", at + 1)) {
      ids.erase(body.substr(at + 6, 36));
    }
    next = member_of(body, "next");
    ++pages;
  } while (!next.empty() && next != "null" && pages < 9);
  EXPECT_EQ(pages, 3);
  EXPECT_TRUE(ids.empty());
}

// Case 126, and 110: a cursor is the caller's own, and of this list.
TEST_F(InboxApi, TakesNoCursorThatIsNotItsOwn) {
  for (int i = 0; i < 3; ++i) site.put_into_inbox("ada", "Hello");
  const std::string cursor = member_of(site.get("ada", "/inbox?limit=1").body, "next");
  ASSERT_GT(cursor.size(), 20U);
  const auto code = [&](std::string_view user, const std::string& query) {
    const Reply reply = site.get(user, "/inbox?" + query);
    return std::to_string(status_of(reply)) + " " + code_of(reply);
  };
  EXPECT_EQ(code("ada", "limit=1&cursor=" + cursor).substr(0, 3), "200");
  EXPECT_EQ(code("bob", "limit=1&cursor=" + cursor), "422 cursor_invalid");
  EXPECT_EQ(code("ada", "unread=true&cursor=" + cursor), "422 cursor_invalid");
  std::string edited = cursor;
  edited[10] = edited[10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(code("ada", "cursor=" + edited), "422 cursor_invalid");
  EXPECT_EQ(code("ada", "cursor=" + cursor.substr(1)), "422 cursor_invalid");
}

// Case 125.
TEST_F(InboxApi, BindsWhatItIsSent) {
  site.put_into_inbox("ada", "'; DROP TABLE notify_inbox; --");
  EXPECT_NE(site.get("ada", "/inbox").body.find("'; DROP TABLE notify_inbox; --"),
            std::string::npos);
  for (const char* bad : {"%27;DROP", "$1", "%3F", "\\x27", "'--"}) {
    const std::string text(bad);
    EXPECT_EQ(status_of(site.get("ada", "/inbox?cursor=" + text)), 422) << bad;
    EXPECT_EQ(status_of(site.get("ada", "/inbox?limit=" + text)), 422) << bad;
    EXPECT_EQ(status_of(site.get("ada", "/inbox?unread=" + text)), 422) << bad;
    EXPECT_EQ(status_of(site.get(bad, "/inbox")), 200) << "there is nothing of theirs";
  }
  for (const char* bad : {"'--", "$1", "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0'"}) {
    EXPECT_EQ(mark_read("ada", bad), 404) << bad;
  }
  EXPECT_EQ(unread("ada"), "1");
}

}  // namespace
}  // namespace portico::notify::test
