// SPDX-License-Identifier: Apache-2.0
#include "loop/output.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace portico::loop {
namespace {

std::string all_of(const Output& output) {
  const auto pieces = output.pieces();
  return std::string(pieces[0]) + std::string(pieces[1]);
}

TEST(Output, SendsWhatWasWrittenAndThenWhatIsHeld) {
  Output output;
  EXPECT_EQ(output.waiting(), 0U);
  output.append("head ");
  output.hold("body");
  EXPECT_EQ(output.waiting(), 9U);
  output.sent(3);
  EXPECT_EQ(all_of(output), "d body");
  output.sent(4);
  EXPECT_EQ(all_of(output), "dy");
  output.sent(2);
  EXPECT_EQ(output.waiting(), 0U);
}

TEST(Output, AgreesWithAString) {
  std::mt19937 random(5);
  Output output;
  std::string expected;
  for (int round = 0; round < 20'000; ++round) {
    if (random() % 2 == 0 && expected.size() < 300'000) {
      const std::string bytes(random() % 9000, static_cast<char>('a' + round % 26));
      output.append(bytes);
      expected += bytes;
    } else {
      const std::size_t count = random() % (expected.size() + 1);
      output.sent(count);
      expected.erase(0, count);
    }
    ASSERT_EQ(all_of(output), expected);
  }
}

}  // namespace
}  // namespace portico::loop
