// SPDX-License-Identifier: Apache-2.0
// Conditions and attributes by chance, and what they come to by the shortest way that can be told:
// over a tree of its own, with none of the code that it judges.
#pragma once

#include "tests/condition/facts.h"

#include <random>
#include <string>
#include <vector>

namespace portico::rbac::test {

using Random = std::mt19937_64;

struct Tree {
  std::string name;  ///< Of the operator.
  std::vector<Tree> parts{};
  std::string attribute{};
  std::string other{};                         ///< An attribute; empty: the first literal.
  std::vector<condition::Literal> literals{};  ///< Of "cidr" the blocks, of "weekday" the days.
  int from = 0;
  int to = 0;
  int offset = 0;
};

[[nodiscard]] Tree random_tree(Random& random);
[[nodiscard]] Facts random_facts(Random& random);
/// With blanks and orders of members by chance.
[[nodiscard]] std::string json_of(const Tree& tree, Random& random);
[[nodiscard]] Truth naive_truth(const Tree& tree, const Facts& facts);

}  // namespace portico::rbac::test
