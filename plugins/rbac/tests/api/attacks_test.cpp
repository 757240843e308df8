// SPDX-License-Identifier: Apache-2.0
// Section G of identity.md, as far as it is about what handlers ask for. Each test names its case.
#include "api/site.h"

#include <initializer_list>

namespace portico::rbac::test {
namespace {

/// What a manager of people may do within their own department.
class Manager : public ::testing::Test {
 public:
  Manager() {
    site.add_role("clerk", permissions({"orders:read"}));
    site.add_role("boss", permissions({"orders:**", "rbac:roles:assign", "rbac:roles:write"}));
    site.give("mary", "boss");
  }
  static std::string permissions(std::initializer_list<std::string_view> patterns) {
    std::string list;
    for (const std::string_view each : patterns) {
      list += (list.empty() ? "" : ",") + Site::allow(each);
    }
    return R"("permissions":[)" + list + "]";
  }
  Reply mary(std::string_view method, std::string_view path, std::string_view body = {}) {
    return site.call("mary", method, path, body);
  }
  std::string give(std::string_view user, std::string_view role, std::string_view scope = "*") {
    const Reply reply =
        mary("POST", "/users/" + std::string(user) + "/roles",
             R"({"role":")" + std::string(role) + R"(","scope":")" + std::string(scope) + R"("})");
    return std::to_string(static_cast<int>(reply.status)) + " " + code_of(reply);
  }

  Site site;
};

TEST_F(Manager, Attack111GivesNothingBeyondTheirOwn) {
  EXPECT_EQ(give("ada", "clerk"), "201 ");
  EXPECT_EQ(give("ada", "admin"), "403 grant_exceeds_own");
  EXPECT_EQ(give("ada", "admin", "acme"), "403 grant_exceeds_own");
  const Reply put = mary("PUT", "/users/ada/roles", R"({"roles":[{"role":"admin"}]})");
  EXPECT_EQ(code_of(put), "grant_exceeds_own");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM rbac_assignments WHERE user_id = 'ada'"), 1);
  EXPECT_EQ(code_of(mary("DELETE", "/users/root/roles/admin")), "grant_exceeds_own");
}

TEST_F(Manager, Attack111WritesNoRoleBeyondTheirOwn) {
  const auto code = [&](std::string_view method, std::string_view path, std::string_view body) {
    return code_of(mary(method, path, body));
  };
  EXPECT_EQ(code("POST", "/roles", R"({"name":"mine","permissions":[{"permission":"**"}]})"),
            "grant_exceeds_own");
  EXPECT_EQ(code("POST", "/roles", R"({"name":"mine","parents":["admin"]})"), "grant_exceeds_own");
  EXPECT_EQ(code("PATCH", "/roles/boss", R"({"parents":["admin"]})"), "grant_exceeds_own");
  EXPECT_EQ(code("PUT", "/roles/boss/permissions/bills:read", "{}"), "grant_exceeds_own");
  EXPECT_EQ(mary("PUT", "/roles/clerk/permissions/orders:update:own", "{}").status,
            Status::NoContent);
  EXPECT_EQ(mary("PUT", "/roles/clerk/permissions/orders:pay", R"({"effect":"deny"})").status,
            Status::NoContent);
  EXPECT_EQ(code("PUT", "/roles/clerk/permissions/bills:read", R"({"effect":"deny"})"),
            "grant_exceeds_own")
      << "others may have it";
}

TEST_F(Manager, Attack111LiftsNoDenyBeyondTheirOwn) {
  site.add_role("barred", R"("permissions":[{"permission":"bills:read","effect":"deny"}])");
  site.add_role("cashier", R"("parents":["barred"])");
  site.give("ada", "barred");
  EXPECT_EQ(code_of(mary("DELETE", "/roles/barred/permissions/bills:read")), "grant_exceeds_own");
  EXPECT_EQ(code_of(mary("PATCH", "/roles/cashier", R"({"parents":[]})")), "grant_exceeds_own");
  EXPECT_EQ(code_of(mary("DELETE", "/roles/barred?force=true")), "grant_exceeds_own");
  EXPECT_EQ(code_of(mary("DELETE", "/users/ada/roles/barred")), "grant_exceeds_own");
  EXPECT_EQ(code_of(mary("PUT", "/users/ada/roles", R"({"roles":[]})")), "grant_exceeds_own");
}

TEST_F(Manager, Attack111DeniesNothingBeyondTheirOwn) {
  site.add_role("nothing", R"("permissions":[{"permission":"**","effect":"deny"}])");
  EXPECT_EQ(give("root", "nothing"), "403 grant_exceeds_own");
  EXPECT_EQ(code_of(mary("PUT", "/roles/user/permissions/rbac:**", R"({"effect":"deny"})")),
            "grant_exceeds_own");
  EXPECT_EQ(code_of(mary("PATCH", "/roles/clerk", R"({"parents":["nothing"]})")),
            "grant_exceeds_own");
  EXPECT_EQ(site.get("/roles").status, Status::Ok);
}

// Case 120: a key does no more than its scopes say, also where its owner may do everything.
TEST(Attack120, GivesByAKeyNoMoreThanTheKeyMayDo) {
  Site site;
  site.add_role("clerk", R"("permissions":[)" + Site::allow("orders:read") + "]");
  const auto give = [&](std::string_view scope, std::string_view role) {
    return code_of(site.call_by_key(scope, "POST", "/users/ada/roles",
                                    R"({"role":")" + std::string(role) + R"("})"));
  };
  EXPECT_EQ(give("rbac:roles:assign", "admin"), "grant_exceeds_own");
  EXPECT_EQ(give("rbac:roles:assign", "clerk"), "grant_exceeds_own");
  EXPECT_EQ(give("rbac:roles:*", "clerk"), "") << "grant-any is within the key's scope";
  EXPECT_EQ(
      code_of(site.call_by_key("rbac:roles:write", "PUT", "/roles/user/permissions/rbac:**", "{}")),
      "grant_exceeds_own");
}

TEST_F(Manager, Attack111GivesInTheirScopeAlone) {
  site.add_role("local", permissions({"bills:**"}));
  site.give("mary", "local", "acme");
  site.add_role("teller", permissions({"bills:read"}));
  EXPECT_EQ(give("ada", "teller", "acme"), "201 ");
  EXPECT_EQ(give("ada", "teller", "emca"), "403 grant_exceeds_own");
  EXPECT_EQ(give("ada", "teller"), "403 grant_exceeds_own");
}

TEST_F(Manager, Attack112GivesAndTakesNothingOfTheirOwn) {
  EXPECT_EQ(give("mary", "clerk"), "403 self_grant");
  EXPECT_EQ(code_of(mary("DELETE", "/users/mary/roles/boss")), "self_grant");
  EXPECT_EQ(code_of(mary("PUT", "/users/mary/roles", R"({"roles":[]})")), "self_grant");
  site.add_role("any", permissions({"rbac:roles:grant-any"}));
  site.give("mary", "any");
  EXPECT_EQ(give("mary", "clerk"), "201 ");
  EXPECT_EQ(give("ada", "admin"), "201 ");
}

// identity.md, 2.4 and case 109: who is refused is told what it takes.
TEST_F(Manager, Attack111And112AreToldWhatItTakes) {
  site.add_role("cashier", permissions({"orders:read", "bills:read"}));
  const std::string_view cashier = R"({"role":"cashier"})";
  EXPECT_EQ(refusal_of(mary("POST", "/users/ada/roles", cashier)),
            R"(grant_exceeds_own ["bills:read"])");
  EXPECT_EQ(refusal_of(mary("PUT", "/roles/clerk/permissions/**", "{}")),
            R"(grant_exceeds_own ["**"])");
  EXPECT_EQ(refusal_of(mary("POST", "/users/mary/roles", R"({"role":"clerk"})")),
            R"(self_grant ["rbac:roles:grant-any"])");
  EXPECT_EQ(refusal_of(mary("PATCH", "/roles/admin", R"({"description":"Mine."})")),
            "system_role []")
      << "no permission helps there";
}

class LastAdministrator : public ::testing::Test {
 public:
  std::string code(std::string_view method, std::string_view path, std::string_view body = {}) {
    const Reply reply = site.call("root", method, path, body);
    EXPECT_EQ(reply.status, Status::Conflict) << path;
    return code_of(reply);
  }
  std::int64_t administrators() {
    return site.number(
        "SELECT COUNT(*) FROM rbac_assignments a JOIN rbac_roles r ON r.number = a.role WHERE "
        "r.name = 'admin' AND a.expires_at IS NULL");
  }

  Site site;
};

TEST_F(LastAdministrator, Attack113IsKept) {
  const std::string ending =
      R"({"role":"admin","expires_at":")" + site.after(std::chrono::days(365)) + R"("})";
  EXPECT_EQ(code("DELETE", "/users/root/roles/admin"), "last_admin");
  EXPECT_EQ(code("PUT", "/users/root/roles", R"({"roles":[]})"), "last_admin");
  EXPECT_EQ(code("PUT", "/users/root/roles", R"({"roles":[{"role":"admin","scope":"acme"}]})"),
            "last_admin");
  EXPECT_EQ(code("POST", "/users/root/roles", ending), "last_admin");
  EXPECT_EQ(
      code("POST", "/users/root/roles", R"({"role":"admin","not_before":"2100-01-01T00:00:00Z"})"),
      "last_admin");
  EXPECT_EQ(administrators(), 1);
}

TEST_F(LastAdministrator, Attack113IsNotDeniedTheirRights) {
  const std::string_view deny = R"({"effect":"deny"})";
  site.add_role("nothing", R"("permissions":[{"permission":"rbac:roles:*","effect":"deny"}])");
  site.add_role("shut", R"("parents":["nothing"])");
  EXPECT_EQ(code("POST", "/users/root/roles", R"({"role":"nothing"})"), "last_admin");
  EXPECT_EQ(code("POST", "/users/root/roles", R"({"role":"shut","scope":"acme"})"), "last_admin");
  site.add_role("plain", "");
  site.give("root", "plain");
  EXPECT_EQ(code("PUT", "/roles/plain/permissions/rbac:**", deny), "last_admin");
  EXPECT_EQ(code("PATCH", "/roles/plain", R"({"parents":["shut"]})"), "last_admin");
  EXPECT_EQ(site.call("root", "PUT", "/roles/plain/permissions/orders:**", deny).status,
            Status::NoContent);
  site.give("ada", "admin");
  site.give("ada", "nothing");
  EXPECT_EQ(code("DELETE", "/users/root/roles/admin"), "last_admin");
}

TEST_F(LastAdministrator, Attack113OneWhoCannotLogInIsNone) {
  site.give("ada", "admin");
  site.around().locked_out.insert("ada");
  EXPECT_EQ(code("DELETE", "/users/root/roles/admin"), "last_admin");
  site.around().locked_out.clear();
  EXPECT_EQ(site.call("root", "DELETE", "/users/root/roles/admin").status, Status::NoContent);
  EXPECT_EQ(administrators(), 1);
}

TEST(Attack124, TenThousandAttributesAreTooMany) {
  Site site;
  std::string list = "0";
  for (int i = 1; i < 10'000; ++i) list += ",0";
  const std::string body =
      R"({"action":"orders:read","resource":{"type":"orders","attrs":{"list":[)" + list + "]}}}";
  const Reply reply = site.post("/check", body);
  EXPECT_EQ(reply.status, Status::ContentTooLarge);
  EXPECT_EQ(code_of(reply), "too_many_attributes");
  const std::string large = R"({"action":"orders:read","resource":{"attrs":{"text":")" +
                            std::string(65'536, 'x') + R"("}}})";
  EXPECT_EQ(site.post("/check", large).status, Status::ContentTooLarge);
  EXPECT_EQ(site.post("/explain", body).status, Status::ContentTooLarge);
  EXPECT_TRUE(site.around().decided.empty());
}

}  // namespace
}  // namespace portico::rbac::test
