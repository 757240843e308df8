// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Test = R"template(#include <string>
#include <string_view>

#include <gtest/gtest.h>

std::string greeting(std::string_view name);

namespace {

TEST(Greeting, NamesWhoIsGreeted) { EXPECT_EQ(greeting("Ada"), "Hello, Ada!"); }

}  // namespace
)template";

}  // namespace portico::plugin::scaffolding
