// SPDX-License-Identifier: Apache-2.0
#include "model/role_graph.h"

#include "tests/model/roles.h"

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using Kind = GraphFault::Kind;
using Path = std::vector<std::string>;

/// Roles 1 to `count`, each a child of the one before.
std::vector<Role> line(std::int64_t count) {
  std::vector<Role> roles;
  for (std::int64_t number = 1; number <= count; ++number) {
    roles.push_back(
        role(number, {}, number > 1 ? std::vector{number - 1} : std::vector<std::int64_t>{}));
  }
  return roles;
}

TEST(RoleGraph, TakesRolesThatInheritInTurn) {
  const RoleGraph graph(line(9));
  EXPECT_FALSE(graph.fault_of(role(10, {}, {9, 3, 1})));
  EXPECT_FALSE(graph.fault_of(role(5, {}, {})));
  EXPECT_FALSE(graph.fault_of(role(0, {}, {9}))) << "one that has no number yet";
}

TEST(RoleGraph, RefusesAParentThatDoesNotExist) {
  const auto fault = RoleGraph(line(2)).fault_of(role(3, {}, {2, 7}));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, Kind::UnknownParent);
  EXPECT_EQ(
      fault->sentence,
      "The role \"role-3\" has a parent that does not exist, number 7; write parents that do.");
}

TEST(RoleGraph, RefusesARoleThatIsItsOwnParent) {
  const auto fault = RoleGraph(line(1)).fault_of(role(1, {}, {1}));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, Kind::Cycle);
  EXPECT_EQ(fault->path, (Path{"role-1", "role-1"}));
}

TEST(RoleGraph, NamesTheWayOfACircle) {
  const auto fault = RoleGraph(line(3)).fault_of(role(1, {}, {3}));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->path, (Path{"role-1", "role-3", "role-2", "role-1"}));
  EXPECT_EQ(
      fault->sentence,
      "The role \"role-1\" would inherit from itself (role-1 > role-3 > role-2 > role-1); take "
      "away one of the parents on the way.");
}

TEST(RoleGraph, CountsLevelsAboveAndBelow) {
  std::vector<Role> roles = line(6);
  for (std::int64_t number = 11; number <= 14; ++number) {
    roles.push_back(role(number, {}, {number > 11 ? number - 1 : 11}));
  }
  roles[6].parents.clear();  // Two lines: 1 to 6, and 11 to 14.
  const RoleGraph graph(roles);
  EXPECT_FALSE(graph.fault_of(role(11, {}, {6})));
  const auto fault = graph.fault_of(role(20, {}, {14}));
  EXPECT_FALSE(fault);
  RoleGraph longer(roles);
  longer.put(role(15, {}, {14}));
  const auto deep = longer.fault_of(role(11, {}, {6}));
  ASSERT_TRUE(deep);
  EXPECT_EQ(deep->kind, Kind::TooDeep);
  EXPECT_EQ(deep->path, (Path{"role-15", "role-14", "role-13", "role-12", "role-11", "role-6",
                              "role-5", "role-4", "role-3", "role-2", "role-1"}));
}

TEST(RoleGraph, CountsTheLongestWayOfManyThatLeadSomewhere) {
  // Each level has ten roles, each of which inherits all ten above: 10^9 ways.
  std::vector<Role> roles;
  for (std::int64_t level = 0; level < 10; ++level) {
    for (std::int64_t n = 0; n < 10; ++n) {
      roles.push_back(role(level * 10 + n + 1, {}));
      for (std::int64_t p = 0; level > 0 && p < 10; ++p) {
        roles.back().parents.push_back((level - 1) * 10 + p + 1);
      }
    }
  }
  const RoleGraph graph(roles);
  EXPECT_FALSE(graph.fault_of(role(200, {}, {81, 1})));
  const auto fault = graph.fault_of(role(200, {}, {1, 91}));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->path.size(), 11U);
}

TEST(RoleGraph, LetsARoleBeWrittenThatEndsACircle) {
  std::vector<Role> roles = line(4);
  roles[0].parents = {2};                 // By hand: 1 and 2 inherit each other.
  roles.push_back(role(8, {}, {9}));      // So do 8 and 9.
  roles.push_back(role(9, {}, {8, 77}));  // And 77 is nobody.
  const RoleGraph graph(roles);
  EXPECT_FALSE(graph.fault_of(role(1, {}, {})));
  EXPECT_FALSE(graph.fault_of(role(2, {}, {})));
  EXPECT_FALSE(graph.fault_of(role(5, {}, {}))) << "what is wrong elsewhere is no matter";
  EXPECT_FALSE(graph.fault_of(role(9, {}, {}))) << "8 inherits from it, and that is all";
  EXPECT_EQ(graph.fault_of(role(6, {}, {8}))->kind, Kind::TooDeep) << "a circle has no top";
}

TEST(RoleGraph, PutsARoleInPlaceOfWhatItWas) {
  RoleGraph graph(line(3));
  graph.put(role(2, {}, {}));
  EXPECT_FALSE(graph.fault_of(role(1, {}, {3}))) << "3 inherits from 2 and from nothing else";
  graph.put(role(1, {}, {3}));
  EXPECT_EQ(graph.fault_of(role(2, {}, {1}))->kind, Kind::Cycle);
}

}  // namespace
}  // namespace portico::rbac::model::test
