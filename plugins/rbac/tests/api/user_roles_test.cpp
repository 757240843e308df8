// SPDX-License-Identifier: Apache-2.0
#include "api/site.h"

namespace portico::rbac::test {
namespace {

constexpr std::string_view Ada = "/users/ada/roles";

class UserRolesApi : public ::testing::Test {
 public:
  UserRolesApi() {
    site.add_role("viewer", R"("permissions":[)" + Site::allow("orders:read") + "]");
    site.add_role("editor",
                  R"("parents":["viewer"],"permissions":[)" + Site::allow("orders:update") + "]");
  }
  std::int64_t count(const std::string& user) {
    return site.number("SELECT COUNT(*) FROM rbac_assignments WHERE user_id = '" + user + "'");
  }
  std::string code(std::string_view body) { return code_of(site.post(Ada, body)); }

  Site site;
};

TEST_F(UserRolesApi, GivesARoleOnce) {
  const std::string body =
      R"({"role":"viewer","scope":"acme","expires_at":"2024-01-31T09:05:00+01:00",)"
      R"("reason":"Trial."})";
  const Reply given = site.post(Ada, body);
  ASSERT_EQ(given.status, Status::Created) << given.body;
  EXPECT_EQ(given.header("Location"), "/rbac/users/ada/roles");
  EXPECT_NE(given.header("Rbac-Version"), "");
  EXPECT_EQ(member(given.body, "scope"), "acme");
  EXPECT_EQ(member(given.body, "expires_at"), "2024-01-31T08:05:00.000Z");
  EXPECT_EQ(member(given.body, "granted_by"), "root");
  EXPECT_EQ(member(given.body, "reason"), "Trial.");
  EXPECT_EQ(site.around().audit.back(),
            R"(root role_granted user ada {"role":"viewer","scope":"acme"})");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM rbac_changes WHERE user_id = 'ada'"), 1);
  const std::size_t writes = site.around().committed.size();
  EXPECT_EQ(site.post(Ada, body).status, Status::Ok);
  EXPECT_EQ(site.around().committed.size(), writes) << "nothing was to be done";
  EXPECT_EQ(count("ada"), 1);
}

TEST_F(UserRolesApi, RefusesWhatCannotBe) {
  EXPECT_EQ(code(R"({"role":"nothing"})"), "role_invalid");
  EXPECT_EQ(code(R"({"role":"viewer","scope":""})"), "scope_invalid");
  EXPECT_EQ(code(R"({"role":"viewer","scope":"a\nb"})"), "scope_invalid");
  EXPECT_EQ(code(R"({"role":"viewer","expires_at":"tomorrow"})"), "time_invalid");
  EXPECT_EQ(code(R"({"role":"viewer","expires_at":"2001-01-01T00:00:00Z"})"), "time_invalid");
  EXPECT_EQ(code(R"({"role":"viewer","not_before":")" + Site::after(2h) + R"(","expires_at":")" +
                 Site::after(1h) + R"("})"),
            "time_invalid");
  EXPECT_EQ(code(R"({"role":"viewer","user":"eve"})"), "validation_failed");
  EXPECT_EQ(count("ada"), 0);
}

// identity.md, 2.7: within a year, and at most a minute ago.
TEST_F(UserRolesApi, BoundsWhenARoleEnds) {
  constexpr std::chrono::seconds Year = 366 * 24h;
  const auto post = [&](std::chrono::microseconds time) {
    return site.post(Ada, R"({"role":"viewer","expires_at":")" + Site::after(time) + R"("})");
  };
  for (const std::chrono::seconds time : {Year + 1s, -61s, -Year}) {
    const Reply refused = post(time);
    EXPECT_EQ(refused.status, Status::UnprocessableContent) << time.count();
    EXPECT_EQ(code_of(refused), "time_invalid");
    EXPECT_EQ(member(refused.body, "path"), "/expires_at");
  }
  EXPECT_EQ(count("ada"), 0);
  EXPECT_EQ(post(Year).status, Status::Created) << "a year that has a day more";
  EXPECT_EQ(post(-60s).status, Status::Created) << "the client's clock may be late";
  EXPECT_EQ(code_of(site.call("root", "PUT", Ada,
                              R"({"roles":[{"role":"viewer","expires_at":")" +
                                  Site::after(Year + 1s) + R"("}]})")),
            "time_invalid");
}

TEST_F(UserRolesApi, KnowsNobodyWhomIdentityDoesNotKnow) {
  const std::string path = "/users/nobody/roles";
  for (const Reply& reply :
       {site.get(path), site.post(path, R"({"role":"viewer"})"),
        site.call("root", "PUT", path, R"({"roles":[]})"),
        site.call("root", "DELETE", path + "/viewer"), site.get("/users/nobody/permissions")}) {
    EXPECT_EQ(reply.status, Status::NotFound);
    EXPECT_EQ(code_of(reply), "user_not_found");
  }
}

TEST_F(UserRolesApi, ShowsWhatComesWithARole) {
  site.give("ada", "editor");
  const Reply direct = site.get(Ada);
  EXPECT_EQ(direct.body.find("viewer"), std::string::npos);
  const Reply effective = site.get(std::string(Ada) + "?effective=true");
  EXPECT_NE(effective.body.find(R"("role":"viewer")"), std::string::npos) << effective.body;
  EXPECT_NE(effective.body.find(R"("inherited":true,"path":["editor","viewer"])"),
            std::string::npos);
  const Reply permissions = site.get("/users/ada/permissions");
  EXPECT_NE(permissions.body.find(R"({"permission":"orders:read","effect":"allow","scope":"*",)"
                                  R"("path":["editor","viewer"]})"),
            std::string::npos)
      << permissions.body;
}

TEST_F(UserRolesApi, TakesARoleWhereItWasGiven) {
  site.give("ada", "viewer", "acme");
  EXPECT_EQ(site.call("root", "DELETE", std::string(Ada) + "/viewer").status, Status::NoContent);
  EXPECT_EQ(count("ada"), 1);
  const Reply taken = site.call("root", "DELETE", std::string(Ada) + "/viewer?scope=acme");
  EXPECT_EQ(taken.status, Status::NoContent);
  EXPECT_NE(taken.header("Rbac-Version"), "");
  EXPECT_EQ(count("ada"), 0);
  EXPECT_EQ(site.around().audit.back(),
            R"(root role_revoked user ada {"role":"viewer","scope":"acme"})");
}

TEST_F(UserRolesApi, ReplacesTheWholeSet) {
  site.give("ada", "viewer");
  site.give("ada", "editor", "acme");
  const std::string seen(site.get(Ada).header("ETag"));
  const std::string body = R"({"roles":[{"role":"viewer"},{"role":"manager","scope":"emca"}]})";
  const Reply replaced = site.call("root", "PUT", Ada, body, seen);
  ASSERT_EQ(replaced.status, Status::Ok) << replaced.body;
  EXPECT_EQ(count("ada"), 2);
  EXPECT_EQ(replaced.body.find("editor"), std::string::npos);
  EXPECT_NE(replaced.header("ETag"), seen);
  EXPECT_EQ(code_of(site.call("root", "PUT", Ada, body, seen)), "precondition_failed");
  const std::size_t writes = site.around().committed.size();
  EXPECT_EQ(site.call("root", "PUT", Ada, body).header("ETag"), replaced.header("ETag"));
  EXPECT_EQ(site.around().committed.size(), writes) << "nothing was to be done";
  EXPECT_EQ(
      code_of(site.call("root", "PUT", Ada, R"({"roles":[{"role":"user"},{"role":"user"}]})")),
      "role_invalid");
  EXPECT_EQ(code_of(site.call("root", "PUT", Ada, R"({"roles":[{"role":"nothing"}]})")),
            "role_invalid");
  EXPECT_EQ(count("ada"), 2) << "all of it or nothing";
}

TEST_F(UserRolesApi, ListsMembersPageByPage) {
  for (const char* user : {"u1", "u2", "u3"}) site.give(user, "viewer");
  const Reply first = site.get("/roles/viewer/members?limit=2");
  EXPECT_NE(first.body.find("u1"), std::string::npos);
  EXPECT_EQ(first.body.find("u3"), std::string::npos);
  const Reply second =
      site.get("/roles/viewer/members?limit=2&cursor=" + member(first.body, "next"));
  EXPECT_EQ(second.body.find("u2"), std::string::npos);
  EXPECT_NE(second.body.find("u3"), std::string::npos);
  EXPECT_EQ(member(second.body, "next"), "");
  EXPECT_EQ(code_of(site.get("/roles/nothing/members")), "role_not_found");
}

TEST_F(UserRolesApi, BoundsWhatAUserHas) {
  std::string body = R"({"roles":[)";
  for (int i = 0; i < 200; ++i) {
    body += (i == 0 ? "" : ",") + std::string(R"({"role":"viewer","scope":"s)") +
            std::to_string(i) + R"("})";
  }
  ASSERT_EQ(site.call("root", "PUT", Ada, body + "]}").status, Status::Ok);
  EXPECT_EQ(code(R"({"role":"viewer","scope":"one more"})"), "too_many_roles");
  EXPECT_EQ(count("ada"), 200);
}

}  // namespace
}  // namespace portico::rbac::test
