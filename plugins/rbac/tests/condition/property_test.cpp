// SPDX-License-Identifier: Apache-2.0
// What holds of all conditions, tried on 10 000 by chance.
#include "tests/condition/random_condition.h"
#include "unit/allocations.h"

#include <array>

namespace portico::rbac {
namespace {

using test::Random;

constexpr int Tries = 10'000;

TEST(ConditionProperty, SurvivesItsCanonicalText) {
  Random random(1);
  for (int i = 0; i < Tries && !::testing::Test::HasFailure(); ++i) {
    const std::string json = test::json_of(test::random_tree(random), random);
    const Condition condition = test::parsed(json);
    const std::string text = condition.text();
    const Condition again = test::parsed(text);
    EXPECT_EQ(again, condition) << json;
    EXPECT_EQ(again.text(), text) << json;
  }
}

TEST(ConditionProperty, HasTheTruthThatAnotherEvaluationFinds) {
  Random random(2);
  std::array<int, 3> seen{};
  for (int i = 0; i < Tries && !::testing::Test::HasFailure(); ++i) {
    const test::Tree tree = test::random_tree(random);
    const test::Facts facts = test::random_facts(random);
    const std::string json = test::json_of(tree, random);
    const Truth truth = test::parsed(json).truth(facts);
    EXPECT_EQ(truth, test::naive_truth(tree, facts)) << json;
    ++seen[static_cast<std::size_t>(truth)];
  }
  for (const int count : seen) EXPECT_GT(count, Tries / 10);
}

TEST(ConditionProperty, ExplainsWhateverDoesNotHold) {
  Random random(3);
  for (int i = 0; i < Tries / 10; ++i) {
    const Condition condition = test::parsed(test::json_of(test::random_tree(random), random));
    const test::Facts facts = test::random_facts(random);
    const std::string failing = condition.failing(facts);
    EXPECT_EQ(failing.empty(), condition.truth(facts) == Truth::Yes) << condition.text();
    EXPECT_TRUE(failing.empty() || failing.ends_with('.')) << failing;
  }
}

/// Attributes that cost no memory to find.
class Fixed final : public Attributes {
 public:
  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override {
    if (attribute.path == "ip") return std::string_view("2001:db8::1:2:3");
    return attribute.path == "a" ? Value(std::int64_t{1}) : Value(std::string_view("ab"));
  }
  [[nodiscard]] std::chrono::microseconds time() const noexcept override { return {}; }
};

TEST(ConditionProperty, AllocatesNothingForItsTruth) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  Random random(4);
  const Fixed attributes;
  for (int i = 0; i < Tries / 10; ++i) {
    const Condition condition = test::parsed(test::json_of(test::random_tree(random), random));
    const std::size_t before = allocations();
    static_cast<void>(condition.truth(attributes));
    EXPECT_EQ(allocations() - before, 0U) << condition.text();
  }
}

}  // namespace
}  // namespace portico::rbac
