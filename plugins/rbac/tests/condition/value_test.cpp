// SPDX-License-Identifier: Apache-2.0
#include "condition/value.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac::condition {
namespace {

using Order = std::partial_ordering;

constexpr std::int64_t Least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t Most = std::numeric_limits<std::int64_t>::max();
constexpr double Infinity = std::numeric_limits<double>::infinity();

Value whole(std::int64_t number) { return number; }

/// Both ways round.
void expect(const Value& left, Order expected, const Value& right) {
  EXPECT_TRUE(order(left, right) == expected);
  EXPECT_TRUE(order(right, left) == (0 <=> expected));
}

TEST(ConditionValue, ComparesAnIntegerWithADoubleExactly) {
  constexpr double TwoTo53 = 0x1p53;
  expect(whole((std::int64_t{1} << 53) + 1), Order::greater, TwoTo53);
  expect(whole(std::int64_t{1} << 53), Order::equivalent, TwoTo53);
  expect(whole(Most), Order::less, 0x1p63);
  expect(whole(Most), Order::greater, 9223372036854774784.0);
  expect(whole(Least), Order::equivalent, -0x1p63);
  expect(whole(Least), Order::greater, -9223372036854777856.0);
}

TEST(ConditionValue, HeedsWhatIsBehindThePoint) {
  expect(whole(2), Order::less, 2.5);
  expect(whole(3), Order::greater, 2.5);
  expect(whole(-2), Order::greater, -2.5);
  expect(whole(-3), Order::less, -2.5);
  expect(whole(0), Order::less, std::numeric_limits<double>::denorm_min());
  expect(whole(0), Order::equivalent, -0.0);
}

TEST(ConditionValue, OrdersWhatHasNoEnd) {
  expect(whole(Most), Order::less, Infinity);
  expect(whole(Least), Order::greater, -Infinity);
  expect(Infinity, Order::equivalent, Infinity);
}

TEST(ConditionValue, ComparesNothingWithWhatIsNoNumber) {
  const Value none = std::nan("");
  for (const Value& other : {Value(), Value(true), whole(1), Value(1.0), Value("NaN"), none}) {
    expect(none, Order::unordered, other);
  }
}

TEST(ConditionValue, ComparesOneKindAlone) {
  const std::vector<Value> kinds{Value(), Value(true), whole(1), Value("1")};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    for (std::size_t j = 0; j < kinds.size(); ++j) {
      const bool compares = i == j && i != 0;
      EXPECT_EQ(order(kinds[i], kinds[j]) == Order::unordered, !compares) << i << ' ' << j;
    }
  }
}

TEST(ConditionValue, OrdersTextsByTheirBytes) {
  expect(std::string_view("Z"), Order::less, std::string_view("a"));
  expect(std::string_view("z"), Order::less, std::string_view("\xC3\xA9"));
  expect(std::string_view(""), Order::less, std::string_view("a"));
  expect(std::string_view("a"), Order::less, std::string_view("ab"));
}

}  // namespace
}  // namespace portico::rbac::condition
