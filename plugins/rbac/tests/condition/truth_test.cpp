// SPDX-License-Identifier: Apache-2.0
// Kleene's tables, by the functions and by conditions.
#include "tests/condition/facts.h"

#include <array>

namespace portico::rbac {
namespace {

using test::Facts;
using enum Truth;

constexpr std::array<Truth, 3> All{No, Yes, Unknown};
constexpr std::array<std::array<Truth, 3>, 3> And{
    {{No, No, No}, {No, Yes, Unknown}, {No, Unknown, Unknown}}};
constexpr std::array<std::array<Truth, 3>, 3> Or{
    {{No, Yes, Unknown}, {Yes, Yes, Yes}, {Unknown, Yes, Unknown}}};

/// A condition that has this truth for Facts of "resource.one" alone.
std::string leaf(Truth truth) {
  constexpr std::array<const char*, 3> Leaves{R"({"eq": ["resource.one", 2]})",
                                              R"({"eq": ["resource.one", 1]})",
                                              R"({"eq": ["resource.none", 1]})"};
  return Leaves[static_cast<std::size_t>(truth)];
}

TEST(Truth, FollowsKleenesTables) {
  const Facts facts{{"resource.one", std::int64_t{1}}};
  for (std::size_t i = 0; i < All.size(); ++i) {
    for (std::size_t j = 0; j < All.size(); ++j) {
      EXPECT_EQ(condition::both(All[i], All[j]), And[i][j]) << i << ' ' << j;
      EXPECT_EQ(condition::either(All[i], All[j]), Or[i][j]) << i << ' ' << j;
      const std::string parts = '[' + leaf(All[i]) + ',' + leaf(All[j]) + ']';
      EXPECT_EQ(test::truth(R"({"and": )" + parts + '}', facts), And[i][j]) << parts;
      EXPECT_EQ(test::truth(R"({"or": )" + parts + '}', facts), Or[i][j]) << parts;
    }
  }
}

TEST(Truth, LeavesTheUnknownUnknownWhenItIsNegated) {
  const Facts facts{{"resource.one", std::int64_t{1}}};
  EXPECT_EQ(test::truth(R"({"not": )" + leaf(No) + '}', facts), Yes);
  EXPECT_EQ(test::truth(R"({"not": )" + leaf(Yes) + '}', facts), No);
  EXPECT_EQ(test::truth(R"({"not": )" + leaf(Unknown) + '}', facts), Unknown);
}

TEST(Truth, OfThreePartsIsThatOfTwoAndTheThird) {
  const Facts facts{{"resource.one", std::int64_t{1}}};
  for (const Truth one : All) {
    for (const Truth two : All) {
      for (const Truth three : All) {
        const std::string parts = '[' + leaf(one) + ',' + leaf(two) + ',' + leaf(three) + "]}";
        EXPECT_EQ(test::truth(R"({"and": )" + parts, facts),
                  condition::both(condition::both(one, two), three));
        EXPECT_EQ(test::truth(R"({"or": )" + parts, facts),
                  condition::either(condition::either(one, two), three));
      }
    }
  }
}

}  // namespace
}  // namespace portico::rbac
