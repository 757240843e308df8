// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Test = R"template(#include "@name@.h"

#include <portico/testing.h>

#include <gtest/gtest.h>

namespace {

using portico::testing::Gateway;

TEST(@Name@, GreetsTheClientInAHeader) {
  Gateway gateway;
  gateway.load<@Name@Plugin>("{header: X-Hi}").use("@name@");
  gateway.client_address("192.0.2.7");
  EXPECT_EQ(gateway.get("/").header("X-Hi"), "Hello, 192.0.2.7!");
  EXPECT_EQ(gateway.counter("@name@_greetings_total"), 1U);
}

TEST(@Name@, GreetsAsThePlaceOfUseSays) {
  Gateway gateway;
  gateway.load<@Name@Plugin>().use("@name@: {name: \"you at {request.path}\"}");
  EXPECT_EQ(gateway.get("/door").header("X-Greeting"), "Hello, you at /door!");
}

TEST(@Name@, GreetsByName) {
  Gateway gateway;
  gateway.load<@Name@Plugin>();
  EXPECT_EQ(gateway.get("/@name@/Ada").body, "Hello, Ada!");
}

TEST(@Name@, RefusesAHeaderWithoutName) {
  Gateway gateway;
  gateway.load<@Name@Plugin>("{header: ''}");
  EXPECT_NE(gateway.problems().find("plugins.@name@.header"), std::string::npos);
}

}  // namespace
)template";

}  // namespace portico::plugin::scaffolding
