// SPDX-License-Identifier: Apache-2.0
#include "balance/turns.h"

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using Turns = std::vector<std::uint32_t>;

TEST(SmoothTurns, AreThoseOfNginx) {
  EXPECT_EQ(smooth_turns(Turns{5, 1, 1}), (Turns{0, 0, 1, 0, 2, 0, 0}));
}

TEST(SmoothTurns, AreInLowestTerms) {
  EXPECT_EQ(smooth_turns(Turns{100, 100}), (Turns{0, 1}));
  EXPECT_EQ(smooth_turns(Turns{30, 10}).size(), 4U);
}

TEST(SmoothTurns, LeaveOutWhoHasNoWeight) {
  EXPECT_EQ(smooth_turns(Turns{0, 3, 0}), Turns{1});
  EXPECT_TRUE(smooth_turns(Turns{0, 0}).empty());
  EXPECT_TRUE(smooth_turns(Turns{}).empty());
}

TEST(SmoothTurns, GiveACanaryItsPercent) {
  const Turns turns = smooth_turns(Turns{99, 1});
  EXPECT_EQ(turns.size(), 100U);
  EXPECT_EQ(std::ranges::count(turns, 1U), 1);
}

TEST(SmoothTurns, GiveEveryoneHisPartWhateverTheWeights) {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    Turns weights(1 + random() % 8);
    for (std::uint32_t& weight : weights) weight = static_cast<std::uint32_t>(1 + random() % 20);
    const Turns turns = smooth_turns(weights);
    for (std::uint32_t i = 0; i < weights.size(); ++i) {
      const auto mine = static_cast<std::size_t>(std::ranges::count(turns, i));
      const auto first = static_cast<std::size_t>(std::ranges::count(turns, 0U));
      EXPECT_EQ(mine * weights[0], first * weights[i]);
    }
  }
}

}  // namespace
}  // namespace portico::proxy
