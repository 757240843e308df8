// SPDX-License-Identifier: Apache-2.0
#include "stopgap/target.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::stopgap {
namespace {

/// "path ?query @host", or the status of the refusal.
std::string ask(std::string_view target, std::string_view host = "example.com",
                std::string_view method = "GET") {
  base::Arena arena;
  Head head;
  head.method = method;
  head.target = target;
  head.host = host;
  const auto resolved = resolve(head, arena);
  if (const auto* refusal = std::get_if<Refusal>(&resolved)) return std::to_string(refusal->status);
  const Asked& asked = std::get<Asked>(resolved);
  return std::string(asked.path) + " ?" + std::string(asked.query) + " @" + std::string(asked.host);
}

TEST(Target, IsSplitAndNormalised) {
  EXPECT_EQ(ask("/"), "/ ? @example.com");
  EXPECT_EQ(ask("/a//b/../%63?x=%2F&y=a/../b"), "/a/c ?x=%2F&y=a/../b @example.com");
  EXPECT_EQ(ask("/a??"), "/a ?? @example.com");
}

TEST(Target, MayBeAbsoluteWhenItNamesTheSameHost) {
  EXPECT_EQ(ask("http://example.com/a?b"), "/a ?b @example.com");
  EXPECT_EQ(ask("HTTPS://Example.COM"), "/ ? @example.com");
  EXPECT_EQ(ask("http://example.com?q"), "/ ?q @example.com");
  EXPECT_EQ(ask("http://other.example/a"), "400");
  EXPECT_EQ(ask("http://user@example.com/a"), "400");
  EXPECT_EQ(ask("http:///a"), "400");
  EXPECT_EQ(ask("ftp://example.com/"), "400");
}

TEST(Target, HasNoFragmentAndNoForbiddenPath) {
  for (const char* target : {"/a#b", "/a?b#c", "a", "", "/..", "/%2f", "/%zz", "?a"}) {
    EXPECT_EQ(ask(target), "400") << target;
  }
}

TEST(Target, AsksForNoTunnel) {
  EXPECT_EQ(ask("example.com:443", "example.com:443", "CONNECT"), "501");
  EXPECT_EQ(ask("*", "example.com", "OPTIONS"), "501");
}

TEST(Host, IsLowerCaseWithoutPort) {
  EXPECT_EQ(ask("/", "EXAMPLE.com:8080"), "/ ? @example.com");
  EXPECT_EQ(ask("/", "example.com."), "/ ? @example.com");
  EXPECT_EQ(ask("/", "example.com:"), "/ ? @example.com");
  EXPECT_EQ(ask("/", "127.0.0.1:1"), "/ ? @127.0.0.1");
  EXPECT_EQ(ask("/", "[::1]:80"), "/ ? @[::1]");
}

TEST(Host, IsRefusedWhenMalformed) {
  for (const char* host : {":80", ".", "a b", "a/b", "user@a", "a:b", "a:99999", "a:1:2", "a,b",
                           "[::1", "[::1]x", "[x]", "::1", "a%2e", "a?b", "\xc3\xbc.example"}) {
    EXPECT_EQ(ask("/", host), "400") << host;
  }
}

}  // namespace
}  // namespace portico::stopgap
