// SPDX-License-Identifier: Apache-2.0
// Models as Casbin's documentation has them, and a short way to see what a plan says.
#pragma once

#include "casbin/plan.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace portico::rbac::casbin::test {

inline std::string model(std::string_view matcher, std::string_view parts = "sub, obj, act",
                         std::string_view effect = "some(where (p.eft == allow))") {
  const std::string policy =
      std::string(parts) + (effect.find("deny") == std::string_view::npos ? "" : ", eft");
  const bool domain = std::count(parts.begin(), parts.end(), ',') == 3;
  return "[request_definition]\nr = " + std::string(parts) +
         "\n\n[policy_definition]\np = " + policy +
         "\n\n[role_definition]\ng = " + (domain ? "_, _, _" : "_, _") +
         "\n\n[policy_effect]\ne = " + std::string(effect) +
         "\n\n[matchers]\nm = " + std::string(matcher) + '\n';
}

inline constexpr std::string_view DenyWins =
    "some(where (p.eft == allow)) && !some(where (p.eft == deny))";

inline std::string rbac() { return model("g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act"); }
inline std::string rbac_with_deny() {
  return model("g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act", "sub, obj, act", DenyWins);
}
inline std::string rbac_with_domains() {
  return model("g(r.sub, p.sub, r.dom) && r.dom == p.dom && r.obj == p.obj && r.act == p.act",
               "sub, dom, obj, act");
}

/// "admin < editor: +data:read -data:write", a line for each role, in their order.
inline std::string roles_of(const Plan& plan) {
  std::string text;
  for (const PlannedRole& role : plan.roles) {
    text += role.name;
    for (const std::string& parent : role.parents) text += " < " + parent;
    text += ':';
    for (const Grant& grant : role.grants) {
      text += (grant.effect == Effect::Allow ? " +" : " -") + grant.pattern;
    }
    text += '\n';
  }
  return text;
}

/// "alice admin tenant1", a line for each.
inline std::string assignments_of(const Plan& plan) {
  std::string text;
  for (const auto& [user, role, scope] : plan.assignments) {
    text += user + ' ' + role + ' ' + scope + '\n';
  }
  return text;
}

/// "policy 3 widens", a line for each.
inline std::string report_of(const Plan& plan) {
  std::string text;
  for (const Remark& remark : plan.report) {
    constexpr const char* Kinds[] = {" changed\n", " void\n", " lost\n", " widens\n"};
    text += (remark.file == Remark::File::Model ? "model " : "policy ") +
            std::to_string(remark.line) + Kinds[static_cast<std::size_t>(remark.kind)];
  }
  return text;
}

}  // namespace portico::rbac::casbin::test
