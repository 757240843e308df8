// SPDX-License-Identifier: Apache-2.0
#include "message/cookie_edits.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

std::string edited(std::string_view cookie, const CookieSettings& settings) {
  Draft draft;
  return std::string(CookieEdits(settings).edit(cookie, draft));
}

TEST(CookieEdits, LeaveWhatNobodyNames) {
  EXPECT_EQ(edited("a=b; Path=/x; HttpOnly; Max-Age=1", {}), "a=b; Path=/x; HttpOnly; Max-Age=1");
}

TEST(CookieEdits, ReplaceTheDomain) {
  EXPECT_EQ(edited("a=b; domain=app.internal; Secure", {.domain = "example.com"}),
            "a=b; Domain=example.com; Secure");
}

TEST(CookieEdits, AddNoDomain) { EXPECT_EQ(edited("a=b", {.domain = "example.com"}), "a=b"); }

TEST(CookieEdits, RemoveTheDomain) {
  EXPECT_EQ(edited("a=b;Domain=app.internal;Secure", {.domain = "remove"}), "a=b; Secure");
}

TEST(CookieEdits, MapPathsByTheirLongestBeginning) {
  const CookieSettings settings{.path = {{"/", "/app"}, {"/v2", "/api"}}};
  EXPECT_EQ(edited("a=b; Path=/", settings), "a=b; Path=/app");
  EXPECT_EQ(edited("a=b; Path=/x", settings), "a=b; Path=/app/x");
  EXPECT_EQ(edited("a=b; Path=/v2/x", settings), "a=b; Path=/api/x");
  EXPECT_EQ(edited("a=b; Path=/v22", settings), "a=b; Path=/app/v22");
}

TEST(CookieEdits, MapAPathToTheRoot) {
  const CookieSettings settings{.path = {{"/v2", "/"}}};
  EXPECT_EQ(edited("a=b; Path=/v2", settings), "a=b; Path=/");
  EXPECT_EQ(edited("a=b; Path=/v2/x", settings), "a=b; Path=/x");
  EXPECT_EQ(edited("a=b; Path=/v3", settings), "a=b; Path=/v3");
}

TEST(CookieEdits, AddAndTakeAwayFlags) {
  EXPECT_EQ(
      edited("a=b; SameSite=Lax", {.secure = true, .http_only = true, .same_site = SameSite::None}),
      "a=b; Secure; HttpOnly; SameSite=None");
  EXPECT_EQ(edited("a=b; Secure; HttpOnly", {.secure = false, .http_only = false}), "a=b");
}

TEST(CookieEdits, KeepAValueThatLooksLikeAnAttribute) {
  EXPECT_EQ(edited("Domain=x; Domain=y", {.domain = "z"}), "Domain=x; Domain=z");
}

}  // namespace
}  // namespace portico::proxy
