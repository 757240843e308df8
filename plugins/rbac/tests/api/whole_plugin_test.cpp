// SPDX-License-Identifier: Apache-2.0
// The routes as they stand in the plugin, behind its own rules: section G of identity.md, as far as
// those decide, and what a change does to the next request.
#include "api/callers.h"
#include "api/site.h"
#include "rbac.h"

#include <array>
#include <utility>

namespace portico::rbac::test {
namespace {

class WholePlugin : public ::testing::Test {
 public:
  WholePlugin() {
    gateway.sql("main").load<Callers>().load<RbacPlugin>("{database: main}").use("callers");
    gateway.start();
    auto* const permissions = gateway.find<Permissions>(Permissions::ServiceName);
    gateway.find<Callers>(Callers::ServiceName)->sql.write([&](Transaction& db) {
      permissions->make_administrator(db, "root");
    });
    // As after the command of an operator, which is another process.
    gateway.advance(5s);
  }

  Reply call(std::string_view user, std::string_view method, std::string_view path,
             std::string_view json = {}) {
    return gateway.request(method, "/rbac" + std::string(path),
                           {{"X-Caller", user}, {"Content-Type", "application/json"}}, json);
  }
  Reply post(std::string_view path, std::string_view json) {
    const Reply reply = call("root", "POST", path, json);
    EXPECT_LT(static_cast<int>(reply.status), 300) << reply.body;
    return reply;
  }
  int status(std::string_view user, std::string_view method, std::string_view path,
             std::string_view json = {}) {
    return static_cast<int>(call(user, method, path, json).status);
  }

  Gateway gateway;
};

struct Route {
  std::string_view method;
  std::string_view path;
  std::string_view required;
};
constexpr std::array<Route, 23> Routes{
    {{"GET", "/roles", "rbac:roles:read"},
     {"POST", "/roles", "rbac:roles:write"},
     {"GET", "/roles/user", "rbac:roles:read"},
     {"PUT", "/roles/user", "rbac:roles:write"},
     {"PATCH", "/roles/user", "rbac:roles:write"},
     {"DELETE", "/roles/user", "rbac:roles:write"},
     {"PUT", "/roles/user/permissions/a:b", "rbac:roles:write"},
     {"DELETE", "/roles/user/permissions/a:b", "rbac:roles:write"},
     {"GET", "/roles/user/members", "rbac:roles:read"},
     {"GET", "/permissions", "rbac:roles:read"},
     {"POST", "/permissions", "rbac:permissions:write"},
     {"DELETE", "/permissions/a:b", "rbac:permissions:write"},
     {"GET", "/users/ada/roles", "rbac:roles:read"},
     {"PUT", "/users/ada/roles", "rbac:roles:assign"},
     {"POST", "/users/ada/roles", "rbac:roles:assign"},
     {"DELETE", "/users/ada/roles/user", "rbac:roles:assign"},
     {"GET", "/users/ada/permissions", "rbac:roles:read"},
     {"POST", "/check", "rbac:check"},
     {"POST", "/check/batch", "rbac:check"},
     {"POST", "/list-resources", "rbac:check"},
     {"POST", "/explain", "rbac:explain"},
     {"POST", "/simulate", "rbac:explain"},
     {"GET", "/decisions", "rbac:decisions:read"}}};

TEST_F(WholePlugin, Attack109WhoHoldsNothingGetsNothingFromAnyRoute) {
  for (const auto& [method, path, required] : Routes) {
    const Reply reply = call("ada", method, path, method == "GET" ? "" : "{}");
    EXPECT_EQ(reply.status, Status::Forbidden) << method << ' ' << path;
    EXPECT_NE(reply.body.find(required), std::string::npos) << reply.body;
    EXPECT_NE(member(reply.body, "decision_id"), "");
    EXPECT_EQ(gateway.request(method, "/rbac" + std::string(path)).status, Status::Unauthorized);
  }
}

TEST_F(WholePlugin, Attack110AnotherUsersIdIsNoKey) {
  post("/users/ada/roles", R"({"role":"user"})");
  for (const char* path : {"/users/root/roles", "/users/root/permissions", "/users/ada/roles"}) {
    EXPECT_EQ(status("ada", "GET", path), 403);
  }
}

TEST_F(WholePlugin, Attack119ARoleThatIsTakenCountsNoLongerWithTheNextRequest) {
  post("/roles", R"({"name":"reader","permissions":[{"permission":"rbac:roles:read"}]})");
  EXPECT_EQ(status("ada", "GET", "/roles"), 403);
  post("/users/ada/roles", R"({"role":"reader"})");
  EXPECT_EQ(status("ada", "GET", "/roles"), 200);
  EXPECT_EQ(status("root", "PUT", "/roles/reader", "{}"), 200);
  EXPECT_EQ(status("ada", "GET", "/roles"), 403);
  EXPECT_EQ(status("root", "PUT", "/roles/reader/permissions/rbac:**", "{}"), 204);
  EXPECT_EQ(status("ada", "GET", "/roles"), 200);
  EXPECT_EQ(status("root", "DELETE", "/users/ada/roles/reader"), 204);
  EXPECT_EQ(status("ada", "GET", "/roles"), 403);
}

// Who holds the right in one scope does not hold it for what is of all.
TEST_F(WholePlugin, Attack123ARightInOneScopeShowsNothingOfOthers) {
  post("/roles", R"({"name":"auditor","permissions":[{"permission":"rbac:explain"},)"
                 R"({"permission":"rbac:decisions:read"}]})");
  post("/users/ada/roles", R"({"role":"auditor","scope":"acme"})");
  const std::string_view question = R"({"subject":"root","action":"orders:read"})";
  EXPECT_EQ(status("ada", "POST", "/explain", question), 403);
  EXPECT_EQ(status("ada", "GET", "/decisions?subject=root"), 403);
  post("/users/ada/roles", R"({"role":"auditor"})");
  EXPECT_EQ(status("ada", "POST", "/explain", question), 200);
  EXPECT_EQ(status("ada", "GET", "/decisions?subject=root"), 200);
}

TEST_F(WholePlugin, DecidesByAtLeastTheVersionOfAWrite) {
  post("/roles", R"({"name":"clerk","permissions":[{"permission":"orders:read"}]})");
  const std::string version(post("/users/ada/roles", R"({"role":"clerk"})").header("Rbac-Version"));
  const Reply reply =
      post("/check", R"({"subject":"ada","action":"orders:read","min_version":)" + version + "}");
  EXPECT_EQ(member(reply.body, "allowed"), "true");
  EXPECT_EQ(member(reply.body, "version"), version);
  EXPECT_EQ(status("root", "POST", "/check", R"({"action":"a:b","min_version":1000})"), 409);
}

TEST_F(WholePlugin, ShowsRefusalsInTheLog) {
  const std::string id = member(call("ada", "GET", "/roles").body, "decision_id");
  gateway.advance(1s);
  const Reply log = call("root", "GET", "/decisions?subject=ada&allowed=false");
  EXPECT_EQ(log.status, Status::Ok);
  EXPECT_NE(log.body.find(id), std::string::npos) << log.body;
}

}  // namespace
}  // namespace portico::rbac::test
