// SPDX-License-Identifier: Apache-2.0
#include "api/own_site.h"

namespace portico::notify::test {
namespace {

class PreferencesApi : public ::testing::Test {
 public:
  std::string put(std::string_view body, std::string_view user = "ada") {
    const Reply reply = site.call(user, "PUT", "/preferences", body);
    return std::to_string(status_of(reply)) + " " +
           (reply.status == Status::Ok ? "" : code_of(reply));
  }
  std::string shown(std::string_view user = "ada") { return site.get(user, "/preferences").body; }
  bool shows(std::string_view text, std::string_view user = "ada") {
    return shown(user).find(text) != std::string::npos;
  }

  OwnSite site;
};

TEST_F(PreferencesApi, ShowAllThatCanBeTurnedOff) {
  EXPECT_EQ(shown(), R"({"categories":{)"
                     R"("news":{"title":"News & more","critical":false,)"
                     R"("channels":{"email":true,"inbox":true}},)"
                     R"("offers":{"title":"offers","critical":false,)"
                     R"("channels":{"email":true,"inbox":true}},)"
                     R"("security":{"title":"security","critical":true,)"
                     R"("channels":{"email":true,"inbox":true}}},)"
                     R"("digest":{}})");
}

TEST_F(PreferencesApi, ChangeWhatIsNamedAndNothingElse) {
  EXPECT_EQ(put(R"({"categories":{"news":{"email":false}}})"), "200 ");
  EXPECT_TRUE(shows(R"("channels":{"email":false,"inbox":true})"));
  EXPECT_EQ(put(R"({"categories":{"offers":{"inbox":false}},"digest":{"news":"daily"}})"), "200 ");
  EXPECT_TRUE(shows(R"("channels":{"email":false,"inbox":true})"));
  EXPECT_TRUE(shows(R"("channels":{"email":true,"inbox":false})"));
  EXPECT_TRUE(shows(R"("digest":{"news":"daily"})"));
  EXPECT_EQ(put(R"({"categories":{"news":{"email":true}}})"), "200 ");
  EXPECT_FALSE(shows(R"("email":false)"));
  EXPECT_EQ(put(R"({"digest":{"news":"off"}})"), "200 ");
  EXPECT_TRUE(shows(R"("digest":{})"));
}

// Case 110: there is no way to say whose.
TEST_F(PreferencesApi, AreTheCallersOwn) {
  put(R"({"categories":{"news":{"email":false}},"timezone":"Asia/Tokyo"})");
  EXPECT_FALSE(shows(R"("email":false)", "bob"));
  EXPECT_FALSE(shows("Tokyo", "bob"));
  EXPECT_TRUE(put(R"({"user_id":"bob","categories":{}})").starts_with("422"));
}

TEST_F(PreferencesApi, HaveQuietHours) {
  EXPECT_EQ(put(R"({"quiet":{"from":"22:00","to":"07:05"}})"), "200 ");
  EXPECT_TRUE(shows(R"("quiet":{"from":"22:00","to":"07:05"},"timezone":"Europe/Vienna")"))
      << shown();
  EXPECT_EQ(put(R"({"timezone":"Asia/Tokyo"})"), "200 ");
  EXPECT_TRUE(shows(R"("quiet":{"from":"22:00","to":"07:05"},"timezone":"Asia/Tokyo")"));
  EXPECT_EQ(put(R"({"quiet":{}})"), "200 ");
  EXPECT_FALSE(shows("quiet"));
  EXPECT_EQ(put(R"({"quiet":{"from":"00:00","to":"23:59"}})", "bob"), "200 ");
  EXPECT_TRUE(shows(R"("timezone":"UTC")", "bob")) << "the account's zone is none";
}

TEST_F(PreferencesApi, RefuseWhatThereIsNot) {
  EXPECT_EQ(put(R"({"categories":{"security":{"email":false}}})"), "422 category_critical");
  EXPECT_EQ(put(R"({"categories":{"security":{"email":true}}})"), "200 ");
  EXPECT_EQ(put(R"({"categories":{"nothing":{"email":false}}})"), "422 category_unknown");
  EXPECT_EQ(put(R"({"categories":{"news":{"pigeon":false}}})"), "422 channel_unknown");
  EXPECT_EQ(put(R"({"categories":{"news":{"webhook":false}}})"), "422 channel_unknown");
  EXPECT_EQ(put(R"({"digest":{"nothing":"daily"}})"), "422 category_unknown");
  EXPECT_EQ(put(R"({"digest":{"security":"daily"}})"), "422 category_critical");
  EXPECT_TRUE(put(R"({"digest":{"news":"weekly"}})").starts_with("422"));
  EXPECT_EQ(put(R"({"timezone":"Mars/Olympus"})"), "422 timezone_unknown");
  EXPECT_EQ(put(R"({"timezone":"../../etc/passwd"})"), "422 timezone_unknown");
  EXPECT_EQ(put(R"({"timezone":""})"), "422 timezone_unknown");
  for (const char* quiet : {R"({"from":"22:00"})", R"({"from":"22:00","to":"22:00"})",
                            R"({"from":"24:00","to":"01:00"})", R"({"from":"9:00","to":"10:00"})",
                            R"({"from":"'; --","to":"10:00"})"}) {
    EXPECT_EQ(put(R"({"quiet":)" + std::string(quiet) + "}"), "422 quiet_invalid") << quiet;
  }
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_preferences"), 1);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM notify_habits"), 0);
}

// Case 125.
TEST_F(PreferencesApi, RefuseTextsThatAreNoNames) {
  for (const char* bad :
       {"'; DROP TABLE notify_preferences; --", "$1", "news,offers=hourly", "?"}) {
    const std::string text(bad);
    EXPECT_EQ(put(R"({"categories":{")" + text + R"(":{"email":false}}})"), "422 category_unknown");
    EXPECT_EQ(put(R"({"categories":{"news":{")" + text + R"(":false}}})"), "422 channel_unknown");
    EXPECT_EQ(put(R"({"digest":{")" + text + R"(":"daily"}})"), "422 category_unknown");
    EXPECT_TRUE(put(R"({"digest":{"news":")" + text + R"("}})").starts_with("422"));
  }
}

TEST_F(PreferencesApi, ShowNothingThatTheFileNoLongerHas) {
  site.change("INSERT INTO notify_preferences VALUES ('ada', 'gone', 'email', 0)");
  site.change("INSERT INTO notify_preferences VALUES ('ada', 'news', 'pigeon', 0)");
  site.change("INSERT INTO notify_preferences VALUES ('ada', 'security', 'email', 0)");
  site.change("INSERT INTO notify_habits VALUES ('ada', NULL, NULL, 'UTC', 'gone=daily')");
  EXPECT_FALSE(shows("gone"));
  EXPECT_FALSE(shows("pigeon"));
  EXPECT_FALSE(shows("false,\"inbox\"")) << "what has become critical comes";
}

}  // namespace
}  // namespace portico::notify::test
