// SPDX-License-Identifier: Apache-2.0
#include "base/hex.h"

#include <array>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

TEST(Hex, WritesTwoDigitsForEachByte) {
  constexpr std::array bytes{std::byte{0}, std::byte{0x0F}, std::byte{0xA0}, std::byte{0xFF}};
  EXPECT_EQ(hex(bytes), "000fa0ff");
  EXPECT_EQ(hex({}), "");
}

}  // namespace
}  // namespace portico::base
