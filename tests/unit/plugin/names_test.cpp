// SPDX-License-Identifier: Apache-2.0
#include "plugin/names.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

TEST(Names, OfPluginsAreWords) {
  EXPECT_TRUE(is_word("hello"));
  EXPECT_TRUE(is_word("rate_limit2"));
  for (const char* name : {"", "Hello", "2hello", "_a", "a-b", "a.b", "a/b", "../x", "a b"}) {
    EXPECT_FALSE(is_word(name)) << name;
  }
  EXPECT_FALSE(is_word(std::string(201, 'a')));
}

TEST(Names, OfMiddlewaresAreWordsOrBeginWithTheirPlugin) {
  EXPECT_TRUE(is_middleware_name("auth", "auth"));
  EXPECT_TRUE(is_middleware_name("guard", "auth"));
  EXPECT_TRUE(is_middleware_name("auth.fresh", "auth"));
  for (const char* name : {"", "auth.", ".fresh", "rbac.fresh", "auth.a.b", "auth..a", "auth.Fresh",
                           "auth.2", "authx.fresh", "auth fresh"}) {
    EXPECT_FALSE(is_middleware_name(name, "auth")) << name;
  }
  EXPECT_FALSE(is_middleware_name(".a", ""));
}

TEST(Names, OfServicesEndWithAVersion) {
  EXPECT_TRUE(is_versioned_name("identity/1"));
  EXPECT_TRUE(is_versioned_name("acme.geo-ip/12"));
  for (const char* name : {"identity", "identity/", "identity/0", "identity/01", "identity/1.0",
                           "/1", "identity//1", "Identity/1", "identity/12345", "a..b/1"}) {
    EXPECT_FALSE(is_versioned_name(name)) << name;
  }
}

TEST(Names, OfPermissionsAreWordsWithJoints) {
  EXPECT_TRUE(is_permission("bookings:read"));
  EXPECT_TRUE(is_permission("admin"));
  for (const char* name : {"", ":read", "bookings:", "a::b", "A:b", "a:*"}) {
    EXPECT_FALSE(is_permission(name)) << name;
  }
}

TEST(Names, OfMethodsExcludeTunnelsAndTraces) {
  EXPECT_TRUE(is_route_method("GET"));
  EXPECT_TRUE(is_route_method("PROPFIND"));
  for (const char* name : {"", "get", "CONNECT", "TRACE", "GET ", "M-SEARCH"}) {
    EXPECT_FALSE(is_route_method(name)) << name;
  }
}

TEST(Names, OfCommandsMayHaveHyphens) {
  EXPECT_TRUE(is_command_name("reset-password"));
  EXPECT_FALSE(is_command_name("-reset"));
  EXPECT_FALSE(is_command_name("reset--password"));
}

}  // namespace
}  // namespace portico::plugin
