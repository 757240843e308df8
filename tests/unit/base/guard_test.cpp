// SPDX-License-Identifier: Apache-2.0
#include "base/guard.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

struct Odd {};
struct Silent : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return ""; }
};

TEST(Guard, SaysNothingWhenNothingWasThrown) {
  EXPECT_EQ(guarded([] {}), std::nullopt);
}

TEST(Guard, SaysWhatAnExceptionSays) {
  EXPECT_EQ(guarded([] { throw std::runtime_error("no such host\n"); }), "no such host\\n");
}

TEST(Guard, NamesTheTypeOfWhatIsNoException) {
  EXPECT_EQ(guarded([] { throw 1; }), "threw a value of type int");
  EXPECT_NE(guarded([] { throw Odd(); })->find("Odd"), std::string::npos);
  EXPECT_NE(guarded([] { throw Silent(); })->find("Silent"), std::string::npos);
}

}  // namespace
}  // namespace portico::base
