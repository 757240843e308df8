// SPDX-License-Identifier: Apache-2.0
// The middleware with roles of the file, on what tokens say of their bearers.
#include "rbac.h"

#include <portico/testing.h>

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

using portico::testing::Gateway;
using portico::testing::Reply;

constexpr std::string_view Roles = R"({roles: {
  viewer: {permissions: ["orders:read"]},
  editor: {parents: [viewer], permissions: ["orders:update:own", "orders:create"]},
  auditor: {permissions: ["*:read", {deny: "salaries:read"}]},
  boss: {parents: [auditor], permissions: ["salaries:**"]},
  suspended: {parents: [editor], permissions: [{deny: "orders:update"}]},
  buyer: {permissions: [{allow: "orders:pay", when: '{"lte": ["resource.amount", "100"]}'}]},
  clerk: {permissions: [{allow: "orders:file", when: '{"eq": ["subject.claims.desk", "context.query.desk"]}'}]}
}})";

/// A gateway with one route, behind that rule and for a caller with these roles.
struct Guarded {
  Guarded(std::string_view rule, std::string_view roles, std::string_view settings = Roles) {
    gateway.load<RbacPlugin>(settings);
    gateway.route("{match: {path: \"/orders/{id}\"}, use: [{test_user: {name: ada, roles: [" +
                  std::string(roles) + "]}}, {rbac: " + std::string(rule) +
                  "}], respond: {status: 200, body: ok}}");
  }
  [[nodiscard]] int status(std::string_view target = "/orders/7") {
    return static_cast<int>(gateway.get(target).status);
  }

  Gateway gateway;
};

int status_of(std::string_view rule, std::string_view roles,
              std::string_view target = "/orders/7") {
  return Guarded(rule, roles).status(target);
}

TEST(Rbac, PassesWhoHoldsThePermissionAndRefusesWhoDoesNot) {
  EXPECT_EQ(status_of("\"orders:read\"", "viewer"), 200);
  EXPECT_EQ(status_of("\"orders:delete\"", "viewer"), 403);
  EXPECT_EQ(status_of("\"orders:read\"", ""), 403);
  EXPECT_EQ(status_of("\"orders:read\"", "nobody_knows"), 403);
}

TEST(Rbac, GivesARoleWhatItsParentsHave) {
  EXPECT_EQ(status_of("\"orders:read\"", "editor"), 200);
  EXPECT_EQ(status_of("\"orders:create\"", "viewer"), 403);
}

TEST(Rbac, LetsADenyWinOnWhateverPath) {
  EXPECT_EQ(status_of("\"wages:read\"", "auditor"), 200);
  EXPECT_EQ(status_of("\"salaries:read\"", "auditor"), 403);
  EXPECT_EQ(status_of("\"salaries:read\"", "boss"), 403);
  EXPECT_EQ(status_of("\"salaries:write\"", "boss"), 200);
}

TEST(Rbac, KnowsWhoMayDoEverything) {
  EXPECT_EQ(status_of("\"orders:delete\"", "admin"), 200);
  EXPECT_EQ(status_of("{role: admin}", "admin"), 200);
}

TEST(Rbac, AsksForOneOrForAll) {
  EXPECT_EQ(status_of("{any_of: [\"orders:delete\", \"orders:read\"]}", "viewer"), 200);
  EXPECT_EQ(status_of("{any_of: [\"orders:delete\", \"orders:create\"]}", "viewer"), 403);
  EXPECT_EQ(status_of("{all_of: [\"orders:create\", \"orders:read\"]}", "viewer"), 403);
  EXPECT_EQ(status_of("{all_of: [\"orders:create\", \"orders:read\"]}", "editor"), 200);
}

TEST(Rbac, AsksForARoleThatIsHadThroughAnother) {
  EXPECT_EQ(status_of("{role: viewer}", "editor"), 200);
  EXPECT_EQ(status_of("{role: editor}", "viewer"), 403);
  EXPECT_EQ(status_of("{role: never_declared}", "editor"), 403);
}

TEST(Rbac, LetsOwnersDoWhatIsTheirOwn) {
  constexpr std::string_view Rule = "{require: \"orders:update\", owner: {param: id}}";
  EXPECT_EQ(status_of(Rule, "editor", "/orders/ada"), 200);
  EXPECT_EQ(status_of(Rule, "editor", "/orders/eve"), 403);
  EXPECT_EQ(status_of(Rule, "viewer", "/orders/ada"), 403);
  EXPECT_EQ(status_of("{owner: id}", "", "/orders/ada"), 200);
  EXPECT_EQ(status_of("{owner: id}", "admin", "/orders/eve"), 403);
}

/// For a caller with a key that has these scopes.
int status_by_key(std::string_view rule, std::string_view roles, std::string_view scopes,
                  std::string_view target = "/orders/7") {
  Gateway gateway;
  gateway.load<RbacPlugin>(Roles);
  gateway.route("{match: {path: \"/orders/{id}\"}, use: [{test_user: {name: ada, roles: [" +
                std::string(roles) + "], scopes: [" + std::string(scopes) +
                "], limited: true}}, {rbac: " + std::string(rule) +
                "}], respond: {status: 200, body: ok}}");
  return static_cast<int>(gateway.get(target).status);
}

// Case 120: what the owner loses, the key loses too.
TEST(Rbac, LetsAKeyDoWhatItsScopesSayAndItsOwnerMay) {
  EXPECT_EQ(status_by_key("\"orders:read\"", "editor", "\"orders:read\""), 200);
  EXPECT_EQ(status_by_key("\"orders:read\"", "editor", "\"orders:*\""), 200);
  EXPECT_EQ(status_by_key("\"orders:create\"", "editor", "\"orders:read\""), 403);
  EXPECT_EQ(status_by_key("\"orders:read\"", "editor", ""), 403);
  EXPECT_EQ(status_by_key("\"orders:read\"", "", "\"orders:read\""), 403);
  EXPECT_EQ(status_by_key("\"salaries:read\"", "boss", "\"**\""), 403);
  EXPECT_EQ(
      status_by_key("{any_of: [\"orders:create\", \"orders:read\"]}", "editor", "\"orders:read\""),
      200);
}

TEST(Rbac, LetsAKeyDoWhatIsItsOwnersOwn) {
  constexpr std::string_view Rule = "{require: \"orders:update\", owner: {param: id}}";
  EXPECT_EQ(status_by_key(Rule, "editor", "\"orders:update:own\"", "/orders/ada"), 200);
  EXPECT_EQ(status_by_key(Rule, "editor", "\"orders:update:own\"", "/orders/eve"), 403);
  EXPECT_EQ(status_by_key(Rule, "editor", "\"orders:read\"", "/orders/ada"), 403);
  // What stops the owner stops the key, though it asks for what is its own alone.
  EXPECT_EQ(status_of(Rule, "suspended", "/orders/ada"), 403);
  EXPECT_EQ(status_by_key(Rule, "suspended", "\"orders:update:own\"", "/orders/ada"), 403);
}

TEST(Rbac, LetsAKeyBeNobodyButWithAScopeForEverything) {
  EXPECT_EQ(status_by_key("{role: viewer}", "editor", "\"orders:**\""), 403);
  EXPECT_EQ(status_by_key("{role: viewer}", "editor", "\"**\""), 200);
  EXPECT_EQ(status_by_key("{owner: id}", "", "\"orders:**\"", "/orders/ada"), 403);
  EXPECT_EQ(status_by_key("{owner: id}", "", "\"**\"", "/orders/ada"), 200);
}

TEST(Rbac, DecidesByWhatTheFileSaysOfTheThing) {
  constexpr std::string_view Rule =
      "{require: \"orders:pay\", resource: {amount: \"{query.amount}\"}}";
  EXPECT_EQ(status_of(Rule, "buyer", "/orders/7?amount=100"), 200);
  EXPECT_EQ(status_of(Rule, "buyer", "/orders/7?amount=999"), 403);
  EXPECT_EQ(status_of(Rule, "buyer", "/orders/7"), 403);
}

TEST(Rbac, SaysWhatIsLackingAndByWhichDecision) {
  Guarded guarded("\"orders:delete\"", "viewer");
  const Reply reply = guarded.gateway.get("/orders/7");
  EXPECT_EQ(reply.status, Status::Forbidden);
  EXPECT_NE(reply.body.find(R"("code":"permission_denied")"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find(R"("required":["orders:delete"])"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find(R"("decision_id":")"), std::string::npos) << reply.body;
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
}

TEST(Rbac, AsksWhoIsNotKnownToLogIn) {
  Gateway gateway;
  gateway.load<RbacPlugin>(Roles);
  gateway.route("{match: {path: /a}, use: [{rbac: \"orders:read\"}], respond: {body: ok}}");
  const Reply reply = gateway.get("/a");
  EXPECT_EQ(reply.status, Status::Unauthorized);
  EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer");
}

TEST(Rbac, CountsItsDecisions) {
  Guarded guarded("\"orders:read\"", "viewer");
  static_cast<void>(guarded.status());
  EXPECT_EQ(guarded.gateway.counter("rbac_decisions_total"), 1U);
}

std::string problems_of(std::string_view settings, std::string_view route) {
  Gateway gateway;
  gateway.load<RbacPlugin>(settings);
  gateway.route(route);
  return gateway.problems();
}

TEST(Attack122, FindsRoutesThatKnowTheirCallersAndAskForNothing) {
  constexpr std::string_view Open =
      "{match: {path: /a}, use: [{test_user: ada}], respond: {body: ok}}";
  constexpr std::string_view Meant =
      "{match: {path: /a}, use: [{test_user: ada}, rbac.anyone], respond: {body: ok}}";
  EXPECT_NE(problems_of("{strict: true}", Open).find("no middleware asks for a permission"),
            std::string::npos)
      << problems_of("{strict: true}", Open);
  EXPECT_EQ(problems_of("{strict: true}", Meant), "");
  Gateway lenient;
  lenient.load<RbacPlugin>("{}");
  lenient.route(Open);
  EXPECT_EQ(lenient.get("/a").status, Status::Ok);
}

TEST(Rbac, RefusesRolesThatCannotBe) {
  constexpr std::string_view Route = "{match: {path: /a}, respond: {body: ok}}";
  EXPECT_NE(problems_of("{roles: {aa: {parents: [bb]}, bb: {parents: [aa]}}}", Route), "");
  EXPECT_NE(problems_of("{roles: {aa: {parents: [none]}}}", Route), "");
  EXPECT_NE(problems_of("{roles: {admin: {}}}", Route), "");
  EXPECT_NE(problems_of("{roles: {aa: {permissions: [\"Orders:read\"]}}}", Route), "");
  EXPECT_NE(problems_of("{roles: {aa: {permissions: [{allow: \"a:b\", deny: \"a:b\"}]}}}", Route),
            "");
  EXPECT_NE(problems_of("{roles: {aa: {permissions: [{allow: \"a:b\", when: \"{}\"}]}}}", Route),
            "");
}

TEST(Rbac, RefusesAPlaceThatAsksForNothingOrForTwoThings) {
  constexpr std::string_view Head = "{match: {path: /a}, use: [{test_user: ada}, {rbac: ";
  constexpr std::string_view Tail = "}], respond: {body: ok}}";
  const auto with = [&](std::string_view rule) {
    return problems_of("{}", std::string(Head) + std::string(rule) + std::string(Tail));
  };
  EXPECT_EQ(with("\"a:b\""), "");
  EXPECT_NE(with("{}"), "");
  EXPECT_NE(with("{require: \"a:b\", role: admin}"), "");
  EXPECT_NE(with("\"a\""), "");
  EXPECT_NE(with("\"a:*\""), "");
}

}  // namespace
}  // namespace portico::rbac
