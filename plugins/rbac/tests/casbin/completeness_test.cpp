// SPDX-License-Identifier: Apache-2.0
// Nothing is dropped in silence: of policies by chance, each line is in the plan or in its report.
#include "casbin/lines.h"
#include "tests/casbin/samples.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac::casbin {
namespace {

using Random = std::mt19937_64;

template <class... Words>
std::string one_of(Random& random, Words... words) {
  const std::vector<std::string> all{words...};
  return all[random() % all.size()];
}

std::string random_policy(Random& random) {
  std::string policy;
  for (auto lines = random() % 30; lines > 0; --lines) {
    std::string line = one_of(random, "p", "p", "g", "g", "p2", "#", "");
    const bool rule = line.starts_with('p');
    for (auto i = (rule ? 4 : 2) + random() % 6 / 4; i > 0 && !line.empty(); --i) {
      line += one_of(random, ",", ", ") + one_of(random, "aa", "bb", "cc", "dd", "ee", "t1", "t2",
                                                 "t3", "allow", "allow", "deny", "*", "/x", "");
    }
    policy += line + '\n';
  }
  return policy;
}

std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    const std::size_t comma = line.find(',');
    fields.emplace_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

const PlannedRole* named(const Plan& plan, const std::string& name) {
  const auto found = std::find_if(plan.roles.begin(), plan.roles.end(),
                                  [&](const PlannedRole& role) { return role.name == name; });
  return found == plan.roles.end() ? nullptr : &*found;
}

bool has_rule(const Plan& plan, const std::vector<std::string>& fields, bool domains) {
  const std::size_t object = domains ? 3 : 2;
  const Grant grant{fields[object] + ':' + fields[object + 1],
                    !domains && fields.back() == "deny" ? Effect::Deny : Effect::Allow,
                    {}};
  return std::any_of(plan.roles.begin(), plan.roles.end(), [&](const PlannedRole& role) {
    return role.source == fields[1] &&
           std::find(role.grants.begin(), role.grants.end(), grant) != role.grants.end();
  });
}

bool has_link(const Plan& plan, const std::vector<std::string>& fields) {
  const auto gives = [&](const std::string& name) {
    const PlannedRole* const role = named(plan, name);
    return role != nullptr && role->source == fields[2];
  };
  const bool assigned = std::any_of(
      plan.assignments.begin(), plan.assignments.end(), [&](const PlannedAssignment& each) {
        const std::string scope = fields.size() > 3 ? fields[3] : "*";
        return each.user == fields[1] && each.scope == scope && gives(each.role);
      });
  return assigned ||
         std::any_of(plan.roles.begin(), plan.roles.end(), [&](const PlannedRole& role) {
           return role.source == fields[1] &&
                  std::any_of(role.parents.begin(), role.parents.end(), gives);
         });
}

TEST(CasbinCompleteness, EachLineIsInThePlanOrInItsReport) {
  Random random(7);
  std::size_t mapped = 0;
  for (int round = 0; round < 2000 && !::testing::Test::HasFailure(); ++round) {
    const bool domains = random() % 2 == 0;
    const std::string policy = random_policy(random);
    const Plan plan = plan_of(domains ? test::rbac_with_domains() : test::rbac_with_deny(), policy);
    std::set<std::size_t> lost;
    for (const Remark& remark : plan.report) {
      if (remark.kind != Remark::Kind::Changed) lost.insert(remark.line);
    }
    for (const Line& line : lines_of(policy, "#")) {
      if (lost.contains(line.number)) continue;
      const std::vector<std::string> fields = split(line.text);
      const bool there =
          fields[0] == "p" ? has_rule(plan, fields, domains) : has_link(plan, fields);
      EXPECT_TRUE(there) << policy << "line " << line.number << '\n' << test::roles_of(plan);
      ++mapped;
    }
  }
  EXPECT_GT(mapped, 1000U);
}

TEST(CasbinCompleteness, ParentsStandBeforeTheirHeirs) {
  Random random(8);
  for (int round = 0; round < 500; ++round) {
    const std::string policy = random_policy(random);
    Plan plan = plan_of(test::rbac_with_deny(), policy);
    while (!plan.roles.empty()) {
      const PlannedRole last = plan.roles.back();
      plan.roles.pop_back();
      for (const std::string& parent : last.parents) EXPECT_TRUE(named(plan, parent)) << policy;
    }
  }
}

}  // namespace
}  // namespace portico::rbac::casbin
