// SPDX-License-Identifier: Apache-2.0
#include "routing/pattern.h"

#include "routing/choices.h"

#include <gtest/gtest.h>

namespace portico::routing {
namespace {

std::string matched(std::string_view pattern, std::string_view path) {
  const Result<PathPattern> parsed = PathPattern::parse(pattern);
  if (!parsed->match(path)) return "no";
  base::Arena arena;
  const std::vector<PathPattern::Name> names = parsed->names();
  std::string text = "yes";
  for (const http::Param& param : bind_names(names, path, arena)) {
    text.append(" ").append(param.name).append("=").append(param.value);
  }
  return text;
}

TEST(PathPattern, MatchesSegmentBySegment) {
  EXPECT_EQ(matched("/", "/"), "yes");
  EXPECT_EQ(matched("/", "/a"), "no");
  EXPECT_EQ(matched("/a/b", "/a/b"), "yes");
  EXPECT_EQ(matched("/a/b", "/a"), "no");
  EXPECT_EQ(matched("/a/b", "/a/b/"), "no");
  EXPECT_EQ(matched("/a/", "/a/"), "yes");
  EXPECT_EQ(matched("/users/{id}", "/users/7"), "yes id=7");
  EXPECT_EQ(matched("/users/{id}", "/users/"), "no");
  EXPECT_EQ(matched("/*/b", "/x/b"), "yes");
  EXPECT_EQ(matched("/{a}/{b}", "/1/2/3"), "no");
}

TEST(PathPattern, MatchesAnyRestIncludingNone) {
  EXPECT_EQ(matched("/a/**", "/a"), "yes rest=");
  EXPECT_EQ(matched("/a/**", "/a/"), "yes rest=");
  EXPECT_EQ(matched("/a/**", "/a/b/c"), "yes rest=b/c");
  EXPECT_EQ(matched("/a/**", "/ab"), "no");
  EXPECT_EQ(matched("/**", "/"), "yes rest=");
  EXPECT_EQ(matched("/{x}/**", "/a/b"), "yes x=a rest=b");
}

TEST(PathPattern, BindsEachNameToItsSegment) {
  EXPECT_EQ(matched("/{a}/x/*/{b}", "/1/x/2/3"), "yes a=1 b=3");
  EXPECT_EQ(matched("/x/{a}/", "/x/1/"), "yes a=1");
  EXPECT_EQ(matched("/*/{a}/**", "/1/2"), "yes a=2 rest=");
  EXPECT_EQ(matched("/*/{a}/**", "/1/2//"), "yes a=2 rest=/");
}

TEST(PathPattern, LeavesWhatIsNoPathToTheWidest) {
  EXPECT_EQ(matched("/**", "*"), "yes rest=");
  EXPECT_EQ(matched("/", "*"), "no");
  EXPECT_EQ(matched("/{x}", "*"), "no");
  EXPECT_EQ(matched("/a", "a"), "no");
}

TEST(PathPattern, RefusesWhatIsNotAPattern) {
  for (const std::string_view text : {"a", "", "/a?b=1", "/**/a", "/a*", "/x{a}", "/{a-b}",
                                      "/{a}/{a}", "/{rest}/**", "/a/../b"}) {
    EXPECT_FALSE(PathPattern::parse(text)) << text;
  }
}

TEST(HostPattern, MatchesExactWildcardAndAny) {
  EXPECT_TRUE(HostPattern::parse("Example.com")->match("example.com"));
  EXPECT_FALSE(HostPattern::parse("example.com")->match("a.example.com"));
  EXPECT_TRUE(HostPattern::parse("*.example.com")->match("a.b.example.com"));
  EXPECT_FALSE(HostPattern::parse("*.example.com")->match("example.com"));
  EXPECT_FALSE(HostPattern::parse("*.example.com")->match(".example.com"));
  EXPECT_TRUE(HostPattern().match("anything"));
}

TEST(HostPattern, RefusesWhatIsNotAHost) {
  EXPECT_FALSE(HostPattern::parse(""));
  EXPECT_FALSE(HostPattern::parse("*"));
  EXPECT_FALSE(HostPattern::parse("a.*.com"));
  EXPECT_FALSE(HostPattern::parse("https://example.com"));
  EXPECT_FALSE(HostPattern::parse("example.com:8080"));
  EXPECT_TRUE(HostPattern::parse("[::1]"));
}

}  // namespace
}  // namespace portico::routing
