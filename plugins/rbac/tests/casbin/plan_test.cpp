// SPDX-License-Identifier: Apache-2.0
// What policies come to that map as a whole, or nearly so.
#include "tests/casbin/samples.h"

#include <gtest/gtest.h>

namespace portico::rbac::casbin {
namespace {

using namespace test;

TEST(Casbin, ReadsRolesAndWhoHasThem) {
  const Plan plan = plan_of(rbac(), R"(
# Who may do what.
p, admin, orders, read
p, admin, orders, write
p, viewer, orders, read

g, admin, viewer
g, alice, admin
g, bob, viewer
)");
  EXPECT_EQ(roles_of(plan), "viewer: +orders:read\nadmin < viewer: +orders:read +orders:write\n");
  EXPECT_EQ(assignments_of(plan), "alice admin *\nbob viewer *\n");
  EXPECT_EQ(report_of(plan), "");
  EXPECT_FALSE(plan.widens());
}

TEST(Casbin, ReadsDeny) {
  const Plan plan = plan_of(rbac_with_deny(),
                            "p, staff, orders, read, allow\n"
                            "p, staff, orders, delete, deny\n"
                            "g, alice, staff\n");
  EXPECT_EQ(roles_of(plan), "staff: +orders:read -orders:delete\n");
  EXPECT_EQ(report_of(plan), "");
}

TEST(Casbin, TakesADomainForTheScope) {
  const Plan plan = plan_of(rbac_with_domains(),
                            "p, admin, tenant1, data, read\n"
                            "p, admin, tenant2, data, read\n"
                            "g, alice, admin, tenant1\n"
                            "g, bob, admin, tenant2\n");
  EXPECT_EQ(roles_of(plan), "admin: +data:read\n");
  EXPECT_EQ(assignments_of(plan), "alice admin tenant1\nbob admin tenant2\n");
  EXPECT_EQ(report_of(plan), "");
}

TEST(Casbin, SplitsARoleThatIsAnotherInEachDomain) {
  const Plan plan = plan_of(rbac_with_domains(),
                            "p, admin, tenant1, data1, read\n"
                            "p, admin, tenant2, data2, read\n"
                            "g, alice, admin, tenant1\n"
                            "g, alice, admin, tenant2\n"
                            "g, bob, admin, tenant3\n");
  EXPECT_EQ(roles_of(plan),
            "admin-tenant1: +data1:read\nadmin-tenant2: +data2:read\nadmin-tenant3:\n");
  EXPECT_EQ(
      assignments_of(plan),
      "alice admin-tenant1 tenant1\nalice admin-tenant2 tenant2\nbob admin-tenant3 tenant3\n");
  EXPECT_EQ(report_of(plan), "policy 1 changed\npolicy 2 changed\npolicy 5 changed\n");
}

TEST(Casbin, SplitsARoleThatInheritsAnotherInEachDomain) {
  const Plan plan = plan_of(rbac_with_domains(),
                            "p, editor, a, pages, write\n"
                            "p, editor, b, pages, write\n"
                            "g, chief, editor, a\n"
                            "g, ann, chief, a\n"
                            "g, bob, chief, b\n");
  EXPECT_EQ(roles_of(plan), "editor: +pages:write\nchief-a < editor:\nchief-b:\n");
  EXPECT_EQ(assignments_of(plan), "ann chief-a a\nbob chief-b b\n");
}

TEST(Casbin, CallsTheDomainWhatTheModelCallsIt) {
  const Plan plan = plan_of(
      model("g(r.sub, p.sub, r.tenant) && r.act == p.act && p.tenant == r.tenant && r.obj == p.obj",
            "act, obj, tenant, sub"),
      "p, read, data, t1, admin\n"
      "g, alice, admin, t1\n");
  EXPECT_EQ(roles_of(plan), "admin: +data:read\n");
  EXPECT_EQ(assignments_of(plan), "alice admin t1\n");
}

TEST(Casbin, LetsAStarInTheDomainCountInEach) {
  const Plan plan = plan_of(
      model("g(r.sub, p.sub, r.dom) && keyMatch(r.dom, p.dom) && r.obj == p.obj && r.act == p.act",
            "sub, dom, obj, act"),
      "p, admin, *, data, read\n"
      "p, admin, t1, data, write\n"
      "p, carol, *, data, read\n"
      "g, alice, admin, t1\n"
      "g, bob, admin, t2\n");
  EXPECT_EQ(roles_of(plan),
            "admin-t1: +data:write +data:read\nadmin-t2: +data:read\nuser-carol: +data:read\n");
  EXPECT_EQ(assignments_of(plan), "alice admin-t1 t1\nbob admin-t2 t2\ncarol user-carol *\n");
}

TEST(Casbin, GivesAUserWithoutARoleOneOfItsOwn) {
  const Plan plan = plan_of(rbac(),
                            "p, alice, data1, read\n"
                            "p, alice, data2, read\n"
                            "p, staff, data1, read\n"
                            "g, alice, staff\n");
  EXPECT_EQ(roles_of(plan), "staff: +data1:read\nuser-alice: +data1:read +data2:read\n");
  EXPECT_EQ(assignments_of(plan), "alice staff *\nalice user-alice *\n");
  EXPECT_EQ(report_of(plan), "policy 1 changed\n");
}

TEST(Casbin, GivesAUserOneRoleForEachDomainThatDiffers) {
  const Plan plan = plan_of(rbac_with_domains(),
                            "p, alice, t1, data, read\n"
                            "p, alice, t2, data, read\n"
                            "p, alice, t3, data, write\n");
  EXPECT_EQ(roles_of(plan), "user-alice-t1: +data:read\nuser-alice-t3: +data:write\n");
  EXPECT_EQ(assignments_of(plan),
            "alice user-alice-t1 t1\nalice user-alice-t1 t2\nalice user-alice-t3 t3\n");
}

TEST(Casbin, ReadsAModelWithoutRoles) {
  std::string acl = model("r.sub == p.sub && r.obj == p.obj && r.act == p.act");
  acl.erase(acl.find("[role_definition]"), std::string("[role_definition]\ng = _, _\n").size());
  const Plan plan = plan_of(acl, "p, alice, data1, read\n");
  EXPECT_EQ(roles_of(plan), "user-alice: +data1:read\n");
  EXPECT_EQ(assignments_of(plan), "alice user-alice *\n");
}

TEST(Casbin, TakesAStarForAnythingWhereTheMatcherDoes) {
  const std::string starred =
      model(R"(g(r.sub, p.sub) && keyMatch(r.obj, p.obj) && (r.act == p.act || p.act == "*"))");
  const Plan plan = plan_of(starred,
                            "p, admin, *, *\n"
                            "p, admin, orders, *\n"
                            "p, admin, *, read\n"
                            "g, alice, admin\n");
  EXPECT_EQ(roles_of(plan), "admin: +*:* +orders:* +*:read\n");
  EXPECT_EQ(report_of(plan), "");
}

TEST(Casbin, FitsNamesOfRolesToTheGrammar) {
  const Plan plan = plan_of(rbac(),
                            "p, Head of Sales, orders, read\n"
                            "p, head-of-sales, orders, write\n"
                            "p, role::7, orders, list\n"
                            "p, 7, orders, count\n"
                            "g, alice, Head of Sales\n"
                            "g, bob, head-of-sales\n"
                            "g, carol, role::7\n"
                            "g, dora, 7\n"
                            "g, Egon@Example.COM, \xC3\x84\n");
  EXPECT_EQ(assignments_of(plan),
            "alice head-of-sales-2 *\nbob head-of-sales *\ncarol role-7-2 *\ndora role-7 *\n"
            "Egon@Example.COM role *\n");
  EXPECT_EQ(report_of(plan),
            "policy 1 changed\npolicy 3 changed\npolicy 4 changed\npolicy 9 changed\n");
}

TEST(Casbin, TakesALineThatIsThereTwiceOnce) {
  const Plan plan = plan_of(rbac(), "p, a1, o, read\np, a1, o, read\ng, u, a1\ng, u, a1\n");
  EXPECT_EQ(roles_of(plan), "a1: +o:read\n");
  EXPECT_EQ(assignments_of(plan), "u a1 *\n");
  EXPECT_EQ(report_of(plan), "");
}

TEST(Casbin, ReadsQuotesCommentsAndBlanks) {
  const Plan plan = plan_of(rbac(),
                            "\xEF\xBB\xBF  # A comment, \"with a quote\r\n"
                            "\r\n"
                            "p ,\tstaff, \"orders\" , read\r\n"
                            "g, \"O\"\"Hara, Scarlett\", staff\r\n"
                            "\t\r\n"
                            "g, \" blank \", staff");
  EXPECT_EQ(roles_of(plan), "staff: +orders:read\n");
  EXPECT_EQ(assignments_of(plan), "O\"Hara, Scarlett staff *\n blank  staff *\n");
  EXPECT_EQ(report_of(plan), "");
}

}  // namespace
}  // namespace portico::rbac::casbin
