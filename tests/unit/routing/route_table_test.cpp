// SPDX-License-Identifier: Apache-2.0
#include "routing/route_table.h"

#include "unit/routing/request.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

namespace portico::routing {
namespace {

Matcher matcher(std::string_view path, std::vector<std::string> methods = {},
                std::string_view host = {}) {
  Matcher made;
  made.path = *PathPattern::parse(path);
  if (!host.empty()) made.host = *HostPattern::parse(host);
  made.methods = std::move(methods);
  return made;
}

RouteTable table(std::vector<Matcher> matchers) {
  RouteTable made;
  std::uint32_t id = 0;
  for (Matcher& one : matchers) made.add(std::move(one), id++);
  made.seal();
  return made;
}

std::string decide(const RouteTable& routes, const TestRequest& request) {
  const Decision decision = routes.find(request);
  switch (decision.kind) {
    case Decision::Kind::Found: return std::to_string(decision.route);
    case Decision::Kind::NotFound: return "404";
    case Decision::Kind::MethodNotAllowed: return "405 " + decision.allow;
  }
  return "";
}

TEST(RouteTable, PrefersTheNarrowerHost) {
  const RouteTable routes =
      table({matcher("/a"), matcher("/**", {}, "*.example.com"),
             matcher("/**", {}, "*.eu.example.com"), matcher("/**", {}, "a.eu.example.com")});
  EXPECT_EQ(decide(routes, {"GET", "/a", "a.eu.example.com"}), "3");
  EXPECT_EQ(decide(routes, {"GET", "/a", "b.eu.example.com"}), "2");
  EXPECT_EQ(decide(routes, {"GET", "/a", "x.example.com"}), "1");
  EXPECT_EQ(decide(routes, {"GET", "/a", "other.com"}), "0");
}

TEST(RouteTable, PrefersLiteralThenOneSegmentThenRest) {
  const RouteTable routes =
      table({matcher("/**"), matcher("/a/**"), matcher("/a/{x}"), matcher("/a/b"),
             matcher("/a/{x}/**"), matcher("/{x}/b"), matcher("/a")});
  EXPECT_EQ(decide(routes, {"GET", "/a/b"}), "3");
  EXPECT_EQ(decide(routes, {"GET", "/a/c"}), "2");
  EXPECT_EQ(decide(routes, {"GET", "/a/c/d"}), "4");
  EXPECT_EQ(decide(routes, {"GET", "/a"}), "6");
  EXPECT_EQ(decide(routes, {"GET", "/a/"}), "1");
  EXPECT_EQ(decide(routes, {"GET", "/z/b"}), "5");
  EXPECT_EQ(decide(routes, {"GET", "/z"}), "0");
}

TEST(RouteTable, PrefersMoreMatchersThenTheOrderOfTheFile) {
  Matcher with_header = matcher("/a");
  with_header.headers.push_back({"X-Beta", "1"});
  const RouteTable routes = table({matcher("/a"), matcher("/a"), with_header});
  TestRequest request("GET", "/a");
  EXPECT_EQ(decide(routes, request), "0");
  request.headers["X-Beta"] = "1";
  EXPECT_EQ(decide(routes, request), "2");
  request.headers["X-Beta"] = "0";
  EXPECT_EQ(decide(routes, request), "0");
}

TEST(RouteTable, AnswersAMissByMethodWithoutFallingBack) {
  const RouteTable routes =
      table({matcher("/**"), matcher("/a/{id}", {"GET"}), matcher("/a/{name}", {"PUT", "DELETE"})});
  EXPECT_EQ(decide(routes, {"GET", "/a/1"}), "1");
  EXPECT_EQ(decide(routes, {"HEAD", "/a/1"}), "1");
  EXPECT_EQ(decide(routes, {"PUT", "/a/1"}), "2");
  EXPECT_EQ(decide(routes, {"POST", "/a/1"}), "405 DELETE, GET, HEAD, PUT");
  EXPECT_EQ(decide(routes, {"POST", "/b"}), "0");
}

TEST(RouteTable, FallsToTheNextWhenAQueryMisses) {
  Matcher with_query = matcher("/a", {"GET"});
  with_query.query.push_back({"version", "*"});
  const RouteTable routes = table({with_query, matcher("/**")});
  TestRequest request("POST", "/a");
  EXPECT_EQ(decide(routes, request), "1");
  request.parameters["version"] = "2";
  EXPECT_EQ(decide(routes, request), "405 GET, HEAD");
}

TEST(RouteTable, AnswersNotFoundWhereNothingMatches) {
  EXPECT_EQ(decide(table({matcher("/a")}), {"GET", "/b"}), "404");
  EXPECT_EQ(decide(table({}), {"GET", "/"}), "404");
}

TEST(RouteTable, OrdersTheSameWhateverTheOrderOfTheFile) {
  const std::vector<std::string> patterns = {"/a/b/c", "/a/{x}/c", "/a/b/**",
                                             "/a/**",  "/{x}/b/c", "/**"};
  std::vector<std::size_t> order(patterns.size());
  std::iota(order.begin(), order.end(), 0);
  do {
    RouteTable routes;
    for (const std::size_t i : order) {
      routes.add(matcher(patterns[i]), static_cast<std::uint32_t>(i));
    }
    routes.seal();
    ASSERT_EQ(decide(routes, {"GET", "/a/b/c"}), "0");
    ASSERT_EQ(decide(routes, {"GET", "/a/z/c"}), "1");
    ASSERT_EQ(decide(routes, {"GET", "/a/b/z"}), "2");
    ASSERT_EQ(decide(routes, {"GET", "/z/b/c"}), "4");
  } while (std::ranges::next_permutation(order).found);
}

TEST(RouteTable, TellsWhyEachEntryMissed) {
  const RouteTable routes =
      table({matcher("/a"), matcher("/a/b", {"POST"}), matcher("/**", {}, "other.com")});
  std::vector<std::pair<std::uint32_t, Miss>> told;
  const Decision decision = routes.find(
      TestRequest("POST", "/a/b"),
      [&](const RouteTable::Entry& entry, Miss miss) { told.emplace_back(entry.route, miss); });
  EXPECT_EQ(decision.route, 1U);
  const std::vector<std::pair<std::uint32_t, Miss>> expected = {{2, Miss::Host}, {1, Miss::None}};
  EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace portico::routing
