// SPDX-License-Identifier: Apache-2.0
#include "tls/server_names.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::tls {
namespace {

ServerNames names() {
  ServerNames made;
  made.add(std::vector<std::string>{"*.example.com", "example.com"}, 0);
  made.add(std::vector<std::string>{"api.example.com", "example.com"}, 1);
  made.add(std::vector<std::string>{"*.b.example.com"}, 2);
  return made;
}

TEST(ServerNames, PrefersExactNames) {
  EXPECT_EQ(names().find("api.example.com"), 1U);
  EXPECT_EQ(names().find("www.example.com"), 0U);
}

TEST(ServerNames, KeepsTheFirstOfTwo) { EXPECT_EQ(names().find("example.com"), 0U); }

TEST(ServerNames, IgnoresCase) { EXPECT_EQ(names().find("API.Example.COM"), 1U); }

TEST(ServerNames, StretchesAWildcardOverOneLabel) {
  EXPECT_EQ(names().find("x.b.example.com"), 2U);
  EXPECT_EQ(names().find("b.example.com"), 0U);
  EXPECT_EQ(names().find("x.y.b.example.com"), std::nullopt);
  EXPECT_EQ(names().find(".example.com"), std::nullopt);
}

TEST(ServerNames, FindsNothingElse) {
  EXPECT_EQ(names().find(""), std::nullopt);
  EXPECT_EQ(names().find("com"), std::nullopt);
  EXPECT_EQ(names().find("*.example.org"), std::nullopt);
  EXPECT_EQ(names().find(std::string(300, 'a') + ".example.com"), std::nullopt);
  EXPECT_EQ(ServerNames().find("example.com"), std::nullopt);
}

}  // namespace
}  // namespace portico::tls
