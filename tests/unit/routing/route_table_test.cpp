// SPDX-License-Identifier: Apache-2.0
#include "routing/route_table.h"

#include "unit/allocations.h"
#include "unit/routing/request.h"
#include "unit/routing/tables.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

namespace portico::routing {
namespace {

/// With what the pattern names.
std::string bind(const RouteTable& routes, const TestRequest& request) {
  base::Arena arena;
  return text_of(routes.find(request, arena));
}

std::string decide(const RouteTable& routes, const TestRequest& request) {
  const std::string text = bind(routes, request);
  return text.starts_with("405") ? text : text.substr(0, text.find(' '));
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

TEST(RouteTable, NamesPartsAsTheEntryThatMatchedDoes) {
  const RouteTable routes = table({matcher("/a/{id}", {"GET"}), matcher("/a/{name}/", {"PUT"}),
                                   matcher("/a/{name}", {"PUT"}), matcher("/**")});
  EXPECT_EQ(bind(routes, {"GET", "/a/7"}), "0 id=7");
  EXPECT_EQ(bind(routes, {"PUT", "/a/7"}), "2 name=7");
  EXPECT_EQ(bind(routes, {"PUT", "/a/7/"}), "1 name=7");
  EXPECT_EQ(bind(routes, {"PUT", "/a/7/8"}), "3 rest=a/7/8");
}

TEST(RouteTable, ComesBackFromEveryDeadEnd) {
  const RouteTable routes =
      table({matcher("/a/b/c/d"), matcher("/a/{x}/c/e"), matcher("/{x}/b/*/f"), matcher("/a/b/**"),
             matcher("/*/*/*/*"), matcher("/*/**")});
  EXPECT_EQ(bind(routes, {"GET", "/a/b/c/d"}), "0");
  EXPECT_EQ(bind(routes, {"GET", "/a/b/c/e"}), "3 rest=c/e");
  EXPECT_EQ(bind(routes, {"GET", "/a/z/c/e"}), "1 x=z");
  EXPECT_EQ(bind(routes, {"GET", "/a/z/c/f"}), "4");
  EXPECT_EQ(bind(routes, {"GET", "/z/b/c/f"}), "2 x=z");
  EXPECT_EQ(bind(routes, {"GET", "/z/b/c/"}), "5 rest=b/c/");
  EXPECT_EQ(bind(routes, {"GET", "/"}), "404");
}

TEST(RouteTable, KnowsMoreMethodsThanAWordHasBits) {
  std::vector<std::string> methods;
  for (int i = 0; i < 100; ++i) methods.push_back("M" + std::to_string(100 + i));
  const RouteTable routes = table({matcher("/a", methods), matcher("/b", {"M199", "M150"})});
  EXPECT_EQ(decide(routes, {"M100", "/a"}), "0");
  EXPECT_EQ(decide(routes, {"M198", "/a"}), "0");
  EXPECT_EQ(decide(routes, {"M198", "/b"}), "405 M150, M199");
  EXPECT_EQ(decide(routes, {"M199", "/b"}), "1");
  EXPECT_EQ(decide(routes, {"M200", "/b"}), "405 M150, M199");
}

TEST(RouteTable, LooksAtNoMoreOfAHostThanItsWildcardsHave) {
  const RouteTable routes = table({matcher("/", {}, "*.a.b"), matcher("/", {}, "*.b")});
  EXPECT_EQ(decide(routes, {"GET", "/", std::string(30'000, '.') + ".a.b"}), "0");
  EXPECT_EQ(decide(routes, {"GET", "/", "x..b"}), "1");
  EXPECT_EQ(decide(routes, {"GET", "/", ".b"}), "404");
  EXPECT_EQ(decide(routes, {"GET", "/", "b"}), "404");
  EXPECT_EQ(decide(routes, {"GET", "/", ""}), "404");
}

/// Counts how often a condition is asked, and never has what is asked for.
struct AskedRequest final : RequestView {
  explicit AskedRequest(std::string_view its_path) : RequestView("GET", "example.com", its_path) {}
  [[nodiscard]] std::optional<std::string_view> header(std::string_view) const override {
    ++asked;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string_view> query(std::string_view) const override {
    return std::nullopt;
  }
  mutable std::size_t asked = 0;
};

TEST(RouteTable, TriesEachOfManyNestedAlternativesOnce) {
  constexpr unsigned Depth = 13;
  RouteTable routes;
  for (unsigned bits = 0; bits < 1U << Depth; ++bits) {
    std::string text;
    for (unsigned at = 0; at < Depth; ++at) text += (bits >> at & 1U) != 0 ? "/a" : "/*";
    for (const std::string& path : {text, text + "/**"}) {
      Matcher made = matcher(path);
      made.headers.push_back({"X-Never", "*"});
      routes.add(std::move(made), bits);
    }
  }
  routes.seal();
  std::string path;
  for (unsigned at = 0; at < Depth; ++at) path += "/a";
  base::Arena arena;
  const AskedRequest request(path);
  EXPECT_EQ(text_of(routes.find(request, arena)), "404");
  EXPECT_EQ(request.asked, 2U << Depth);
}

TEST(RouteTable, ComesBackFromTheEndOfAVeryDeepPath) {
  std::string deep;
  for (int at = 0; at < 20'000; ++at) deep += "/a";
  const RouteTable routes = table({matcher(deep + "/b"), matcher("/{x}/**")});
  EXPECT_EQ(decide(routes, {"GET", deep + "/b"}), "0");
  EXPECT_EQ(decide(routes, {"GET", deep + "/c"}), "1");
}

TEST(RouteTable, NeedsNoMemoryButTheArenas) {
  const RouteTable routes =
      table({matcher("/a/{id}/**", {"GET"}), matcher("/b"), matcher("/**", {}, "*.example.com")});
  const TestRequest requests[] = {
      {"GET", "/a/7/b"}, {"PUT", "/a/7/b"}, {"GET", "/c"}, {"GET", "/c", "a.example.com"}};
  base::Arena arena;
  const auto look_up = [&] {
    for (const TestRequest& request : requests) (void)routes.find(request, arena);
    arena.reset();
  };
  look_up();
  const std::size_t before = allocations();
  look_up();
  EXPECT_EQ(allocations(), before);
  (void)routes.find(TestRequest("GET", "/b"), arena);
  EXPECT_EQ(arena.used(), 0U);
}

}  // namespace
}  // namespace portico::routing
