// SPDX-License-Identifier: Apache-2.0
// 10 000 models that chance makes, each asked several questions: what `decide` and `explain` say is
// what the reference says.
#include "model/explanation.h"
#include "tests/model/random_model.h"

#include <array>
#include <cstddef>
#include <set>

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using Verdict = Reference::Verdict;

std::multiset<Reference::Line> lines(const std::vector<Explanation::Item>& items) {
  std::multiset<Reference::Line> lines;
  for (const auto& item : items) {
    lines.insert({item.scope, item.path.front(), item.path.back(), item.pattern, item.effect,
                  item.condition});
  }
  return lines;
}

bool is_parent(const Book& book, const std::string& child, const std::string& parent) {
  for (const std::int64_t number : book.role(child)->parents) {
    const Role* const role = book.role(number);
    if (role != nullptr && role->name == parent) return true;
  }
  return false;
}

void expect_ways(const Book& book, const std::vector<Explanation::Item>& items) {
  for (const auto& item : items) {
    for (std::size_t i = 1; i < item.path.size(); ++i) {
      EXPECT_TRUE(is_parent(book, item.path[i - 1], item.path[i]));
    }
  }
}

class Property : public ::testing::Test {
 public:
  void ask(const Court& court, const Reference& reference, RandomModel& chance,
           const std::vector<Assignment>& assignments) {
    const Reference::Question question = chance.question();
    const Facts facts = chance.facts();
    const Verdict verdict = reference.judge(assignments, question, facts);
    const Decision decision =
        court.decide(assignments, question.permission, facts, {question.scope, question.now});
    ASSERT_EQ(decision.allowed, verdict.allowed) << question.permission;
    ASSERT_EQ(decision.reason, verdict.reason) << question.permission;
    const Explanation told =
        explain(*court.book, assignments, question.permission, question.scope, question.now, facts);
    ASSERT_EQ(told.allowed, verdict.allowed);
    ASSERT_EQ(told.reason, verdict.reason);
    ASSERT_EQ(lines(told.matched), verdict.matched);
    ASSERT_EQ(lines(told.rejected), verdict.rejected);
    expect_ways(*court.book, told.matched);
    expect_ways(*court.book, told.rejected);
    if (decision.settled) expect_settled(court, decision, chance, assignments, question.permission);
    ++reasons.at(static_cast<std::size_t>(decision.reason));
    settled += decision.settled ? 1 : 0;
  }

  std::array<std::size_t, 5> reasons{};
  std::size_t settled = 0;

 private:
  static void expect_settled(const Court& court, const Decision& decision, RandomModel& chance,
                             const std::vector<Assignment>& assignments,
                             const std::string& permission) {
    for (int again = 0; again < 3; ++again) {
      const Reference::Question other = chance.question();
      ASSERT_EQ(court.decide(assignments, permission, chance.facts(), {other.scope, other.now}),
                decision)
          << permission;
    }
  }
};

TEST_F(Property, DecisionsAndExplanationsAreThoseOfTheReference) {
  constexpr std::size_t Questions = 8;
  for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
    RandomModel chance(seed);
    const std::vector<Role> roles = chance.roles();
    const Court court(roles);
    const Reference reference(roles);
    for (std::size_t i = 0; i < Questions; ++i) {
      ask(court, reference, chance, chance.assignments(roles.size()));
      if (HasFatalFailure()) FAIL() << "seed " << seed;
    }
  }
  for (const std::size_t times : reasons)
    EXPECT_GT(times, 2'000U) << "a reason is hardly asked for";
  EXPECT_GT(settled, 5'000U);
}

}  // namespace
}  // namespace portico::rbac::model::test
