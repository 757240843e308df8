// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <algorithm>
#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

TEST(Random, FillsAllOfIt) {
  // More than one call of getrandom(2) gives at once.
  std::vector<std::byte> bytes(std::size_t{64} << 20U);
  fill_random(bytes);
  const std::array<std::byte, 16> zeros{};
  EXPECT_EQ(std::search(bytes.end() - 4096, bytes.end(), zeros.begin(), zeros.end()), bytes.end());
}

TEST(Random, DiffersEachTime) {
  std::array<std::byte, 32> first{};
  std::array<std::byte, 32> second{};
  fill_random(first);
  fill_random(second);
  EXPECT_NE(first, second);
}

TEST(Random, TakesNothingForNothing) { EXPECT_NO_THROW(fill_random({})); }

}  // namespace
}  // namespace portico::base
