// SPDX-License-Identifier: Apache-2.0
// API keys, as who makes them and who uses them see them.
#include "account/api_key_text.h"
#include "account/site.h"

#include <array>

namespace portico::auth::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class ApiKeys : public ::testing::Test {
 public:
  struct Made {
    std::string id;
    std::string key;
  };

  ApiKeys() {
    site.enrol("ada@example.com");
    ada = site.tokens("ada@example.com").access;
  }
  Reply ask_for(std::string_view json) {
    return site.with_token("POST", "/auth/api-keys", ada, json);
  }
  Made make(std::string_view json = R"({"name":"robot"})") {
    const Reply reply = ask_for(json);
    EXPECT_EQ(reply.status, Status::Created) << reply.body;
    return {member(reply.body, "id"), member(reply.body, "key")};
  }
  Reply with(std::string_view key, std::string_view path = "/private") {
    return site.gateway.get(path, {{"X-API-Key", key}});
  }
  void make_administrator() { site.change("UPDATE auth_users SET is_admin = 1"); }

  Site site;
  std::string ada;
};

TEST_F(ApiKeys, AreShownOnceAndAreACredential) {
  const Made made = make();
  EXPECT_TRUE(made.key.starts_with("gk_")) << made.key;
  EXPECT_EQ(with(made.key).body, "mine");
  EXPECT_EQ(with(made.key).body, "mine");
  const Reply listed = site.get("/auth/api-keys", ada);
  EXPECT_EQ(listed.body.find(made.key), std::string::npos);
  EXPECT_EQ(member(listed.body, "prefix"), made.key.substr(0, 16));
  EXPECT_NE(member(listed.body, "last_used_at"), "null");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_audit_log WHERE action = 'api_key_created'"), 1);
}

TEST_F(ApiKeys, OfNobodyAreRefused) {
  const std::string key = make().key;
  std::string other = key;
  other[20] = other[20] == 'A' ? 'B' : 'A';
  for (const std::string& each :
       {other, std::string(), std::string("gk_test_"), std::string(5000, 'g'),
        api_key::make(api_key::Environment::Live, std::array<std::byte, 25>{}).text}) {
    const Reply reply = with(each);
    EXPECT_EQ(reply.status, Status::Unauthorized) << each;
    EXPECT_EQ(code_of(reply), "invalid_api_key");
  }
}

TEST_F(ApiKeys, EndAtOnceWhenTheyAreRevoked) {
  const Made made = make();
  ASSERT_EQ(with(made.key).status, Status::Ok);
  EXPECT_EQ(site.with_token("DELETE", "/auth/api-keys/" + made.id, ada).status, Status::NoContent);
  EXPECT_EQ(code_of(with(made.key)), "invalid_api_key");
  EXPECT_EQ(code_of(site.with_token("DELETE", "/auth/api-keys/" + made.id, ada)),
            "api_key_not_found");
  EXPECT_EQ(site.get("/auth/api-keys", ada).body, R"({"items":[]})");
}

// identity.md, case 120.
TEST_F(ApiKeys, DoNoMoreThanTheirOwner) {
  const Reply refused = ask_for(R"({"name":"robot","scopes":["orders:read"]})");
  EXPECT_EQ(refused.status, Status::UnprocessableContent);
  EXPECT_EQ(code_of(refused), "scope_exceeds_own");
  EXPECT_NE(refused.body.find("/scopes/0"), std::string::npos) << refused.body;
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_api_keys"), 0);
  make_administrator();
  const Made made = make(R"({"name":"robot","scopes":["orders:read"]})");
  site.change("UPDATE auth_users SET is_admin = 0");
  EXPECT_EQ(code_of(site.with_token("POST", "/auth/api-keys/" + made.id + "/rotate", ada)),
            "scope_exceeds_own");
}

// identity.md, case 121.
TEST_F(ApiKeys, OfADisabledUserAreRefused) {
  const Made made = make();
  ASSERT_EQ(with(made.key).status, Status::Ok);
  site.change("UPDATE auth_users SET status = 'disabled'");
  site.gateway.advance(seconds(31));
  EXPECT_EQ(code_of(with(made.key)), "invalid_api_key");
  site.change("UPDATE auth_users SET status = 'active'");
  EXPECT_EQ(with(made.key).status, Status::Ok);
}

TEST_F(ApiKeys, ManageNoAccount) {
  const std::string key = make().key;
  EXPECT_EQ(code_of(with(key, "/auth/me")), "api_key_not_allowed");
  const Reply another = site.gateway.request(
      "POST", "/auth/api-keys", {{"X-API-Key", key}, {"Content-Type", "application/json"}},
      R"({"name":"child"})");
  EXPECT_EQ(another.status, Status::Forbidden);
}

// identity.md, case 48.
TEST_F(ApiKeys, AreRefusedBesideAnotherCredential) {
  const std::string key = make().key;
  const std::string bearer = "Bearer " + ada;
  EXPECT_EQ(code_of(site.gateway.get("/private", {{"X-API-Key", key}, {"Authorization", bearer}})),
            "multiple_credentials");
  EXPECT_EQ(code_of(site.gateway.get("/private", {{"X-API-Key", key}, {"X-API-Key", key}})),
            "multiple_credentials");
}

TEST_F(ApiKeys, AreNoTokens) {
  const std::string key = make().key;
  ASSERT_EQ(with(key).status, Status::Ok);
  EXPECT_EQ(code_of(site.get("/private", key)), "invalid_token");
  ASSERT_EQ(site.get("/private", ada).status, Status::Ok);
  EXPECT_EQ(code_of(with(ada)), "invalid_api_key");
}

TEST_F(ApiKeys, OutliveTheLoginsOfTheirOwner) {
  const std::string key = make().key;
  ASSERT_EQ(with(key).status, Status::Ok);
  site.gateway.advance(seconds(2));
  EXPECT_EQ(site.with_token("POST", "/auth/logout?scope=global", ada).status, Status::NoContent);
  EXPECT_EQ(site.get("/private", ada).status, Status::Unauthorized);
  EXPECT_EQ(with(key).status, Status::Ok);
}

TEST_F(ApiKeys, AreToldToTheirOwner) {
  const Made made_one = make();
  EXPECT_EQ(site.mails_about("api_key_created"), 1U);
  EXPECT_EQ(site.mail("api_key_created").to, "ada@example.com");
  (void)site.with_token("POST", "/auth/api-keys/" + made_one.id + "/rotate", ada);
  EXPECT_EQ(site.mails_about("api_key_created"), 2U);
}

TEST_F(ApiKeys, GoOnForADayBesideTheirSuccessor) {
  const Made old = make();
  const Reply rotated = site.with_token("POST", "/auth/api-keys/" + old.id + "/rotate", ada);
  ASSERT_EQ(rotated.status, Status::Created) << rotated.body;
  const std::string successor = member(rotated.body, "key");
  EXPECT_NE(successor, old.key);
  EXPECT_EQ(member(rotated.body, "name"), "robot");
  EXPECT_EQ(with(old.key).status, Status::Ok);
  EXPECT_EQ(with(successor).status, Status::Ok);
  EXPECT_EQ(code_of(site.with_token("POST", "/auth/api-keys/" + old.id + "/rotate", ada)),
            "already_rotated")
      << "or it would make keys without end";
  EXPECT_EQ(site.number("SELECT MIN(expires_at) - MAX(created_at) FROM auth_api_keys"),
            std::chrono::microseconds(hours(24)).count());
  site.change("UPDATE auth_api_keys SET expires_at = created_at WHERE rotated_to IS NOT NULL");
  site.gateway.advance(seconds(31));
  EXPECT_EQ(code_of(with(old.key)), "invalid_api_key");
  EXPECT_EQ(with(successor).status, Status::Ok);
}

TEST_F(ApiKeys, EndInAYearAtTheLatest) {
  const std::string key = make().key;
  EXPECT_EQ(code_of(ask_for(R"({"name":"robot","expires_at":"2090-01-01T00:00:00Z"})")),
            "time_invalid");
  EXPECT_EQ(code_of(ask_for(R"({"name":"robot","expires_at":"soon"})")), "time_invalid");
  EXPECT_EQ(code_of(ask_for(R"({"name":"robot","expires_at":"1999-01-01T00:00:00Z"})")),
            "time_invalid");
  EXPECT_EQ(site.number("SELECT expires_at - created_at FROM auth_api_keys"),
            std::chrono::microseconds(hours(24 * 90)).count());
  site.change("UPDATE auth_api_keys SET expires_at = created_at");
  EXPECT_EQ(code_of(with(key)), "invalid_api_key");
}

TEST_F(ApiKeys, AreAnothersBusinessToNobody) {
  const Made made = make();
  site.enrol("eve@example.com");
  const std::string eve = site.tokens("eve@example.com").access;
  for (const std::string_view method : {"DELETE", "PATCH"}) {
    EXPECT_EQ(code_of(site.with_token(method, "/auth/api-keys/" + made.id, eve,
                                      method == "PATCH" ? R"({"name":"mine"})" : "")),
              "api_key_not_found");
  }
  EXPECT_EQ(site.get("/auth/api-keys", eve).body, R"({"items":[]})");
  EXPECT_EQ(with(made.key).status, Status::Ok);
}

TEST_F(ApiKeys, AreCalledOtherwise) {
  const Made made = make();
  const Reply renamed =
      site.with_token("PATCH", "/auth/api-keys/" + made.id, ada, R"({"name":"machine"})");
  EXPECT_EQ(member(renamed.body, "name"), "machine");
  EXPECT_EQ(member(site.get("/auth/api-keys", ada).body, "name"), "machine");
}

TEST_F(ApiKeys, AreAtMostFifty) {
  for (int i = 0; i < 50; ++i) (void)make();
  const Reply refused = ask_for(R"({"name":"robot"})");
  EXPECT_EQ(refused.status, Status::Conflict);
  EXPECT_EQ(code_of(refused), "too_many_api_keys");
}

TEST(ApiKeyText, IsPlausibleAsAWholeAlone) {
  std::array<std::byte, 25> random{};
  for (std::size_t i = 0; i < random.size(); ++i) random[i] = static_cast<std::byte>(i * 37);
  const api_key::Made made = api_key::make(api_key::Environment::Live, random);
  EXPECT_EQ(made.prefix, made.text.substr(0, made.prefix.size()));
  EXPECT_TRUE(made.text.starts_with("gk_live_"));
  EXPECT_TRUE(api_key::plausible(made.text));
  for (std::size_t i = 0; i < made.text.size(); ++i) {
    std::string other = made.text;
    other[i] = other[i] == 'Z' ? 'Y' : 'Z';
    EXPECT_FALSE(api_key::plausible(other)) << i;
    EXPECT_FALSE(api_key::plausible(made.text.substr(0, i)));
  }
}

}  // namespace
}  // namespace portico::auth::test
