// SPDX-License-Identifier: Apache-2.0
// What does not map: of the policy line by line, of the model as a whole.
#include "tests/casbin/samples.h"

#include <gtest/gtest.h>

namespace portico::rbac::casbin {
namespace {

using namespace test;

TEST(CasbinReport, SaysWhichLinesNoPatternSays) {
  const Plan plan = plan_of(rbac(),
                            "p, admin, /orders/*, read\n"
                            "p, admin, orders, GET\n"
                            "p, admin, or ders, read\n"
                            "p, admin, orders:items, read\n"
                            "p, admin, **, read\n"
                            "p, admin, , read\n"
                            "p, admin, orders, read\n"
                            "g, alice, admin\n");
  EXPECT_EQ(roles_of(plan), "admin: +orders:read\n");
  EXPECT_EQ(report_of(plan),
            "policy 1 lost\npolicy 2 lost\npolicy 3 lost\npolicy 4 lost\npolicy 5 lost\n"
            "policy 6 lost\n");
  EXPECT_EQ(plan.report[0].text, "p, admin, /orders/*, read");
  EXPECT_FALSE(plan.widens());
}

TEST(CasbinReport, WarnsWhereALostLineDenies) {
  const Plan plan = plan_of(rbac_with_deny(),
                            "p, admin, orders, read, allow\n"
                            "p, admin, /secret, read, deny\n"
                            "p, admin, orders, read, maybe\n"
                            "p, admin, orders, read\n"
                            "g, alice\n"
                            "g, alice, admin\n");
  EXPECT_EQ(report_of(plan), "policy 2 widens\npolicy 3 void\npolicy 4 widens\npolicy 5 widens\n");
  EXPECT_TRUE(plan.widens());
}

TEST(CasbinReport, TakesNoStarForAnythingThatTheMatcherComparesByItsText) {
  const Plan plan = plan_of(rbac(), "p, admin, *, read\ng, alice, admin\n");
  EXPECT_EQ(roles_of(plan), "admin:\n");
  EXPECT_EQ(report_of(plan), "policy 1 lost\n");
  const Plan domains = plan_of(rbac_with_domains(),
                               "p, admin, *, data, read\n"
                               "g, alice, admin, *\n"
                               "g, alice, admin, \n");
  EXPECT_EQ(report_of(domains), "policy 1 lost\npolicy 2 lost\npolicy 3 lost\n");
}

TEST(CasbinReport, LeavesOutADenyThatTheEffectDoesNotHeed) {
  std::string allow = model("g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act");
  allow.replace(allow.find("p = sub, obj, act"), 17, "p = sub, obj, act, eft");
  const Plan plan = plan_of(allow,
                            "p, admin, orders, read, allow\n"
                            "p, admin, orders, read, deny\n"
                            "g, alice, admin\n");
  EXPECT_EQ(roles_of(plan), "admin: +orders:read\n");
  EXPECT_EQ(report_of(plan), "policy 2 void\n");
}

TEST(CasbinReport, KeepsTheRolesFreeOfCircles) {
  const Plan plan = plan_of(rbac(),
                            "g, aa, bb\n"
                            "g, bb, cc\n"
                            "g, cc, aa\n"
                            "g, dd, dd\n"
                            "g, alice, aa\n");
  EXPECT_EQ(roles_of(plan), "cc:\nbb < cc:\naa < bb:\ndd:\n");
  EXPECT_EQ(report_of(plan), "policy 3 lost\npolicy 4 lost\n");
}

TEST(CasbinReport, KeepsTheRolesAtTenLevels) {
  std::string policy;
  for (int i = 1; i <= 11; ++i) {
    policy += "g, role" + std::to_string(i) + ", role" + std::to_string(i + 1) + '\n';
  }
  const Plan plan = plan_of(rbac(), policy + "g, alice, role1\n");
  EXPECT_EQ(report_of(plan), "policy 10 lost\n");
}

TEST(CasbinReport, NamesLinesThatAreNone) {
  const Plan plan = plan_of(rbac(),
                            "p2, admin, orders, read\n"
                            "hello\n"
                            "p, admin, \"orders, read\n"
                            "p, ad\"min, orders, read\n"
                            "p, \"admin\" x, orders, read\n"
                            "p, admin, orders, read, allow, twice\n"
                            "g, alice, admin, tenant\n"
                            "g, , admin\n"
                            "p, , orders, read\n"
                            ",\n");
  EXPECT_EQ(roles_of(plan), "");
  EXPECT_EQ(plan.report.size(), 10U);
}

TEST(CasbinReport, ReadsNothingByAModelThatDoesNotMap) {
  const std::string equal = "r.obj == p.obj && r.act == p.act";
  for (const std::string& text :
       {std::string(), std::string("[matchers]\nm = true\n"),
        model("g(r.sub, p.sub) && " + equal + " || r.sub == \"root\""),
        model("g(r.sub, p.sub) && r.obj == p.obj"), model(equal),
        model("g(r.sub, p.sub) && keyMatch2(r.obj, p.obj) && r.act == p.act"),
        model("g(r.sub, p.sub) && regexMatch(r.obj, p.obj) && r.act == p.act"),
        model("g(r.sub, p.sub) && g2(r.obj, p.obj) && r.act == p.act"),
        model("r.sub.Age > 18 && " + equal), model("g(r.sub, p.sub) && " + equal, "sub, act"),
        model("g(r.sub, p.sub) && " + equal, "sub, obj, act, dom, more"),
        model("g(r.sub, p.sub) && " + equal, "sub, dom, obj, act"),
        model("g(r.sub, p.sub, r.dom) && " + equal, "sub, dom, obj, act"),
        model("g(r.sub, p.sub) && " + equal, "sub, obj, act", "!some(where (p.eft == deny))"),
        model("g(r.sub, p.sub) && " + equal, "sub, obj, act", "priority(p.eft) || deny"),
        rbac() + "m = g(r.sub, p.sub) && " + equal + "\n"}) {
    const Plan plan = plan_of(text, "p, admin, orders, read\n\n# No line.\ng, alice, admin\n");
    EXPECT_TRUE(plan.roles.empty() && plan.assignments.empty()) << text;
    ASSERT_GE(plan.report.size(), 3U) << text;
    EXPECT_EQ(plan.report.front().file, Remark::File::Model) << text;
    EXPECT_EQ(plan.report.back().line, 4U);
  }
}

TEST(CasbinReport, PointsAtTheLineOfTheModel) {
  const Plan plan = plan_of(model("true"), "");
  EXPECT_EQ(report_of(plan), "model 14 lost\n");
  EXPECT_EQ(plan.report[0].text, "m = true");
}

TEST(CasbinReport, NamesWhatElseAModelHas) {
  const Plan plan = plan_of("x = 1\n" + rbac() + "[more]\nr2 = sub\n", "p, admin, orders, read\n");
  EXPECT_EQ(plan.roles.size(), 1U);
  EXPECT_EQ(report_of(plan), "model 1 lost\nmodel 17 lost\npolicy 1 changed\n");
}

TEST(CasbinReport, ReadsAModelAsItIsLaidOut) {
  const Plan plan = plan_of(
      "\xEF\xBB\xBF[request_definition]\r\nr=sub,obj,act ; asked\r\n[policy_definition]\r\n"
      "p =sub , obj,act\r\n# Roles.\r\n[ role_definition ]\r\ng=_,_\r\n[policy_effect]\r\n"
      "e=some(where(p.eft==allow))\r\n[matchers]\r\nm = r.obj==p.obj && \\\r\n"
      "  p.act==r.act && \\ # More.\r\n  g(r.sub,p.sub)",
      "p, staff, orders, read\ng, alice, staff\n");
  EXPECT_EQ(report_of(plan), "");
  EXPECT_EQ(roles_of(plan), "staff: +orders:read\n");
}

}  // namespace
}  // namespace portico::rbac::casbin
