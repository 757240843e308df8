// SPDX-License-Identifier: Apache-2.0
#include "plugin/version_text.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

TEST(VersionText, HasAFamily) {
  EXPECT_EQ(version_family("GLIBCXX_3.4.30"), "GLIBCXX");
  EXPECT_EQ(version_family("CXXABI_FLOAT128"), "CXXABI_FLOAT128");
  EXPECT_EQ(version_family("LIBFOO"), "LIBFOO");
  EXPECT_EQ(version_family("X_"), "X_");
}

TEST(VersionText, ComparesNumbersAsNumbers) {
  EXPECT_TRUE(version_less("GLIBC_2.9", "GLIBC_2.34"));
  EXPECT_FALSE(version_less("GLIBC_2.34", "GLIBC_2.9"));
  EXPECT_TRUE(version_less("GLIBC_2.34", "GLIBC_2.34.1"));
  EXPECT_FALSE(version_less("GLIBC_2.34", "GLIBC_2.34"));
  EXPECT_TRUE(version_less("", "GLIBC_2"));
  EXPECT_FALSE(version_less("GLIBC_2", ""));
}

}  // namespace
}  // namespace portico::plugin
