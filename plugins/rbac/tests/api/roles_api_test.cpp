// SPDX-License-Identifier: Apache-2.0
#include "api/site.h"

namespace portico::rbac::test {
namespace {

constexpr std::string_view Viewer =
    R"({"name":"viewer","description":"Looks on.","permissions":[{"permission":"orders:read"},)"
    R"({"permission":"orders:update","condition":{"owner":"resource.owner_id"}},)"
    R"({"permission":"orders:delete","effect":"deny"}]})";

class RolesApi : public ::testing::Test {
 public:
  Site site;
};

TEST_F(RolesApi, MakesARoleAndShowsIt) {
  const std::int64_t before = site.number("SELECT version FROM rbac_state");
  const Reply made = site.post("/roles", Viewer);
  ASSERT_EQ(made.status, Status::Created) << made.body;
  EXPECT_EQ(made.header("Location"), "/rbac/roles/viewer");
  EXPECT_EQ(member(made.body, "version"), std::to_string(before + 1));
  EXPECT_EQ(made.header("Rbac-Version"), std::to_string(before + 1));
  EXPECT_EQ(site.around().committed, std::vector{before + 1});
  const Reply shown = site.get("/roles/viewer");
  EXPECT_EQ(shown.status, Status::Ok);
  EXPECT_EQ(shown.header("ETag"), made.header("ETag"));
  EXPECT_EQ(shown.header("Cache-Control"), "no-store");
  EXPECT_EQ(shown.body, made.body);
  EXPECT_NE(shown.body.find(R"("condition":{"owner":"resource.owner_id"})"), std::string::npos);
  EXPECT_EQ(member(shown.body, "origin"), "api");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM rbac_grants g JOIN rbac_roles r ON r.number = g.role "
                        "WHERE r.name = 'viewer'"),
            3);
  ASSERT_EQ(site.around().audit.size(), 1U);
  EXPECT_EQ(site.around().audit[0],
            R"(root role_created role viewer {"fields":["description","permissions"]})");
}

TEST_F(RolesApi, RefusesWhatNoRoleMayBe) {
  site.add_role("viewer");
  const std::int64_t before = site.number("SELECT version FROM rbac_state");
  const auto code = [&](std::string_view body) {
    const Reply reply = site.post("/roles", body);
    return std::to_string(static_cast<int>(reply.status)) + " " + code_of(reply);
  };
  EXPECT_EQ(code(R"({"name":"viewer"})"), "409 role_exists");
  EXPECT_EQ(code(R"({"name":"Viewer"})"), "422 role_invalid");
  EXPECT_EQ(code(R"({"name":"editor","permissions":[{"permission":"Orders:read"}]})"),
            "422 bad_permission");
  EXPECT_EQ(code(R"({"name":"editor","permissions":[{"permission":"a:b"},{"permission":"a:b"}]})"),
            "422 bad_permission");
  EXPECT_EQ(code(R"({"name":"editor","permissions":[{"permission":"a:b","condition":{"x":1}}]})"),
            "422 bad_condition");
  EXPECT_EQ(code(R"({"name":"editor","parents":["nobody"]})"), "422 unknown_parent");
  EXPECT_EQ(code(R"({"name":"editor","is_system":true})"), "422 validation_failed");
  EXPECT_EQ(code(R"({"name":"editor","name":"other"})"), "400 invalid_json");
  EXPECT_EQ(code(R"({"name":"editor","permissions":[{"permission":"a:b","condition":1e999}]})"),
            "400 invalid_json");
  EXPECT_EQ(site.number("SELECT version FROM rbac_state"), before);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM rbac_roles WHERE name = 'editor'"), 0);
}

TEST_F(RolesApi, RefusesOtherBodies) {
  const auto post = [&](std::string_view type, std::string_view body) {
    return site.gateway
        .request("POST", "/rbac/roles", {{"X-Caller", "root"}, {"Content-Type", type}}, body)
        .status;
  };
  EXPECT_EQ(post("text/plain", R"({"name":"viewer"})"), Status::UnsupportedMediaType);
  EXPECT_EQ(post("application/json", "{"), Status::BadRequest);
  EXPECT_EQ(post("application/json",
                 R"({"name":"viewer","description":")" + std::string(65'536, 'x') + "\"}"),
            Status::ContentTooLarge);
}

TEST_F(RolesApi, MakesOneRoleForOneKey) {
  const auto post = [&](std::string_view body) {
    return site.gateway.request(
        "POST", "/rbac/roles",
        {{"X-Caller", "root"}, {"Content-Type", "application/json"}, {"Idempotency-Key", "k1"}},
        body);
  };
  const Reply first = post(R"({"name":"viewer"})");
  EXPECT_EQ(first.status, Status::Created);
  const Reply second = post(R"({"name":"viewer"})");
  EXPECT_EQ(second.status, Status::Created);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(post(R"({"name":"editor"})").status, Status::UnprocessableContent);
  EXPECT_EQ(site.around().committed.size(), 1U);
}

TEST_F(RolesApi, PointsAtWhatIsWrong) {
  const Reply reply =
      site.post("/roles", R"({"name":"editor","permissions":[{"permission":"a:b"},)"
                          R"({"permission":"a:c","condition":{"and":[{"x":1}]}}]})");
  EXPECT_EQ(reply.status, Status::UnprocessableContent);
  EXPECT_NE(reply.body.find("/permissions/1/condition/and/0"), std::string::npos) << reply.body;
}

// identity.md, case 114.
TEST_F(RolesApi, Attack114CyclesAndTooManyLevelsAreRefused) {
  site.add_role("ra");
  site.add_role("rb", R"("parents":["ra"])");
  const Reply cycle = site.call("root", "PATCH", "/roles/ra", R"({"parents":["rb"]})");
  EXPECT_EQ(cycle.status, Status::UnprocessableContent);
  EXPECT_EQ(code_of(cycle), "cycle");
  EXPECT_EQ(code_of(site.call("root", "PATCH", "/roles/ra", R"({"parents":["ra"]})")), "cycle");
  site.add_role("level1");
  for (int i = 2; i <= 10; ++i) {
    site.add_role("level" + std::to_string(i),
                  R"("parents":["level)" + std::to_string(i - 1) + R"("])");
  }
  const Reply deep = site.post("/roles", R"({"name":"level11","parents":["level10"]})");
  EXPECT_EQ(deep.status, Status::UnprocessableContent);
  EXPECT_EQ(code_of(deep), "depth_exceeded");
  // From below, too.
  site.add_role("base");
  EXPECT_EQ(code_of(site.call("root", "PATCH", "/roles/level1", R"({"parents":["base"]})")),
            "depth_exceeded");
}

TEST_F(RolesApi, ChangesWhatIsNamedAndReplacesAll) {
  ASSERT_EQ(site.post("/roles", Viewer).status, Status::Created);
  site.add_role("base");
  const Reply changed = site.call("root", "PATCH", "/roles/viewer", R"({"parents":["base"]})");
  EXPECT_EQ(changed.status, Status::Ok);
  EXPECT_NE(changed.body.find(R"("parents":["base"])"), std::string::npos);
  EXPECT_NE(changed.body.find("orders:read"), std::string::npos);
  EXPECT_EQ(site.around().audit.back(), R"(root role_updated role viewer {"fields":["parents"]})");
  const Reply replaced =
      site.call("root", "PUT", "/roles/viewer", R"({"permissions":[{"permission":"bills:read"}]})");
  EXPECT_EQ(replaced.status, Status::Ok);
  EXPECT_NE(replaced.body.find(R"("parents":[],"permissions":[{"permission":"bills:read",)"),
            std::string::npos)
      << replaced.body;
  EXPECT_EQ(code_of(site.call("root", "PUT", "/roles/nobody", "{}")), "role_not_found");
}

TEST_F(RolesApi, WritesOverNothingThatWasNotSeen) {
  ASSERT_EQ(site.post("/roles", Viewer).status, Status::Created);
  const std::string seen(site.get("/roles/viewer").header("ETag"));
  const std::string change = R"({"description":"Watches."})";
  EXPECT_EQ(site.call("root", "PATCH", "/roles/viewer", change, seen).status, Status::Ok);
  for (const char* method : {"PATCH", "PUT"}) {
    const Reply late = site.call("root", method, "/roles/viewer", change, seen);
    EXPECT_EQ(late.status, Status::PreconditionFailed);
    EXPECT_EQ(code_of(late), "precondition_failed");
  }
  EXPECT_EQ(site.call("root", "DELETE", "/roles/viewer", {}, seen).status,
            Status::PreconditionFailed);
  const std::string now(site.get("/roles/viewer").header("ETag"));
  EXPECT_EQ(site.call("root", "DELETE", "/roles/viewer", {}, "W/" + now).status, Status::NoContent);
}

TEST_F(RolesApi, KeepsARoleThatIsInUse) {
  site.add_role("viewer");
  site.give("ada", "viewer");
  const Reply refused = site.call("root", "DELETE", "/roles/viewer");
  EXPECT_EQ(refused.status, Status::Conflict);
  EXPECT_EQ(code_of(refused), "role_in_use");
  EXPECT_EQ(site.call("root", "DELETE", "/roles/viewer?force=true").status, Status::NoContent);
  EXPECT_EQ(site.get("/roles/viewer").status, Status::NotFound);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM rbac_assignments WHERE user_id = 'ada'"), 0);
  EXPECT_EQ(site.around().audit.back(), "root role_deleted role viewer {}");
}

TEST_F(RolesApi, LeavesTheSystemsRoleAlone) {
  for (const auto& [method, path] : {std::pair{"PUT", "/roles/admin"},
                                     {"PATCH", "/roles/admin"},
                                     {"DELETE", "/roles/admin?force=true"},
                                     {"PUT", "/roles/admin/permissions/a:b"},
                                     {"DELETE", "/roles/admin/permissions/**"}}) {
    const Reply reply = site.call("root", method, path, "{}");
    EXPECT_EQ(reply.status, Status::Forbidden) << method << path;
    EXPECT_EQ(code_of(reply), "system_role");
  }
}

TEST_F(RolesApi, GivesAndTakesOnePermission) {
  site.add_role("viewer");
  const std::string path = "/roles/viewer/permissions/orders:*";
  const auto grants = [&] {
    return site.number("SELECT COUNT(*) FROM rbac_grants WHERE pattern = 'orders:*'");
  };
  const Reply put = site.call("root", "PUT", path, R"({"condition":{"eq":["resource.a",1]}})");
  EXPECT_EQ(put.status, Status::NoContent) << put.body;
  EXPECT_NE(put.header("Rbac-Version"), "");
  EXPECT_EQ(site.around().audit.back(),
            R"(root permission_changed role viewer {"permission":"orders:*"})");
  EXPECT_EQ(site.call("root", "PUT", path, R"({"effect":"deny"})").status, Status::NoContent);
  EXPECT_EQ(grants(), 2);
  const std::size_t writes = site.around().committed.size();
  EXPECT_EQ(site.call("root", "PUT", path, R"({"effect":"deny"})").status, Status::NoContent);
  EXPECT_EQ(site.around().committed.size(), writes) << "nothing was to be done";
  EXPECT_EQ(site.call("root", "DELETE", path + "?effect=allow").status, Status::NoContent);
  EXPECT_EQ(grants(), 1);
  EXPECT_EQ(site.call("root", "DELETE", "/roles/viewer/permissions/orders%3A%2A").status,
            Status::NoContent);
  EXPECT_EQ(grants(), 0);
  EXPECT_EQ(site.call("root", "DELETE", path).status, Status::NoContent);
  EXPECT_EQ(code_of(site.call("root", "PUT", "/roles/viewer/permissions/Orders", "{}")),
            "bad_permission");
  EXPECT_EQ(code_of(site.call("root", "PUT", path, R"({"condition":{"eq":[]}})")), "bad_condition");
  EXPECT_EQ(code_of(site.call("root", "DELETE", path + "?effect=maybe")), "validation_failed");
}

TEST_F(RolesApi, ListsRolesPageByPage) {
  for (const char* name : {"ra", "rb", "rc"}) site.add_role(name);
  // With the four that are always there.
  std::string path = "/roles?limit=3";
  std::size_t pages = 0;
  std::size_t roles = 0;
  for (;;) {
    const Reply reply = site.get(path);
    ASSERT_EQ(reply.status, Status::Ok) << reply.body;
    ++pages;
    for (std::size_t at = 0; (at = reply.body.find("\"name\":", at)) != std::string::npos; ++at) {
      ++roles;
    }
    const std::string next = member(reply.body, "next");
    if (next.empty()) {
      EXPECT_EQ(reply.header("Link"), "");
      break;
    }
    EXPECT_EQ(reply.header("Link"), "</rbac/roles?limit=3&cursor=" + next + ">; rel=\"next\"");
    path = "/roles?limit=3&cursor=" + next;
  }
  EXPECT_EQ(pages, 3U);
  EXPECT_EQ(roles, 7U);
}

// identity.md, case 126.
TEST_F(RolesApi, RefusesACursorOfAnotherList) {
  site.add_role("viewer");
  site.give("ada", "viewer");
  site.give("eve", "viewer");
  const std::string cursor = member(site.get("/roles?limit=1").body, "next");
  ASSERT_NE(cursor, "");
  for (const std::string& path :
       {"/permissions?cursor=" + cursor, "/roles/viewer/members?cursor=" + cursor,
        "/roles?cursor=x" + cursor, std::string("/roles?cursor=YWJj")}) {
    const Reply reply = site.get(path);
    EXPECT_EQ(reply.status, Status::UnprocessableContent) << path;
    EXPECT_EQ(code_of(reply), "cursor_invalid");
  }
  for (const char* limit : {"0", "201", "-1", "x", "1x", ""}) {
    EXPECT_EQ(code_of(site.get(std::string("/roles?limit=") + limit)), "limit_invalid") << limit;
  }
}

TEST_F(RolesApi, KnowsThePermissionsOfApplications) {
  const std::string body = R"({"name":"orders:read","description":"Looks."})";
  const Reply made = site.post("/permissions", body);
  EXPECT_EQ(made.status, Status::Created);
  EXPECT_EQ(made.header("Location"), "/rbac/permissions/orders:read");
  EXPECT_EQ(site.post("/permissions", body).status, Status::Ok);
  EXPECT_EQ(code_of(site.post("/permissions", R"({"name":"orders:*"})")), "bad_permission");
  EXPECT_NE(site.get("/permissions").body.find("orders:read"), std::string::npos);
  EXPECT_EQ(site.call("root", "DELETE", "/permissions/orders:read").status, Status::NoContent);
  EXPECT_EQ(site.call("root", "DELETE", "/permissions/orders:read").status, Status::NoContent);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM rbac_permissions"), 0);
}

}  // namespace
}  // namespace portico::rbac::test
