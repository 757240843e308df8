// SPDX-License-Identifier: Apache-2.0
// The tree decides as the ordered list does: random tables of many shapes, random requests.
#include "routing/route_table.h"
#include "unit/routing/linear_order.h"
#include "unit/routing/request.h"
#include "unit/routing/tables.h"

#include <random>

#include <gtest/gtest.h>

namespace portico::routing {
namespace {

/// Makes tables and requests of few words, so that they meet often.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  RouteTable table() {
    RouteTable made;
    const int entries = below(4) == 0 ? below(60) : below(12);
    const int depth = 1 + below(5);
    conditions_ = below(3);
    hosts_ = below(3) != 0;
    for (int i = 0; i < entries; ++i) made.add(entry(depth), static_cast<std::uint32_t>(i));
    made.seal();
    return made;
  }

  TestRequest request() {
    std::string path;
    for (int segments = below(7); segments > 0; --segments) path += "/" + literal();
    if (path.empty() || below(4) == 0) path += "/";
    if (below(50) == 0) path = "*";
    TestRequest made(pick(Methods), std::move(path), pick(RequestHosts));
    for (const char* name : {"X-A", "X-B"}) {
      if (below(2) == 0) made.headers[name] = literal();
      if (below(2) == 0) made.parameters[name] = literal();
    }
    return made;
  }

 private:
  static constexpr std::array Methods = {"GET", "HEAD", "POST", "PUT", "OPTIONS"};
  static constexpr std::array Hosts = {"a.b.c", "b.c", "c", "*.b.c", "*.c", "*.a.b.c"};
  static constexpr std::array RequestHosts = {"a.b.c", "b.c", "c", "z.a.b.c", "z.c", "z", ".c", ""};

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  template <class List>
  std::string pick(const List& list) {
    return list[random_() % list.size()];
  }
  std::string literal() { return pick(std::array{"a", "b", "c", "a-rather-long-segment"}); }

  std::string pattern(int depth) {
    std::string text;
    for (int segments = below(depth + 1); segments > 0; --segments) {
      switch (below(4)) {
        case 0: text += "/{n" + std::to_string(segments) + "}"; break;
        case 1: text += "/*"; break;
        default: text += "/" + literal();
      }
    }
    if (below(4) == 0) return text + "/**";
    return text.empty() || below(6) == 0 ? text + "/" : text;
  }

  Matcher entry(int depth) {
    std::vector<std::string> methods;
    for (const char* method : Methods) {
      if (below(4) == 0) methods.emplace_back(method);
    }
    Matcher made = matcher(pattern(depth), methods, hosts_ && below(2) == 0 ? pick(Hosts) : "");
    for (int left = below(conditions_ + 1); left > 0; --left) {
      auto& conditions = below(2) == 0 ? made.headers : made.query;
      conditions.push_back({pick(std::array{"X-A", "X-B"}), below(2) == 0 ? "*" : literal()});
    }
    return made;
  }

  std::mt19937 random_;
  int conditions_ = 0;
  bool hosts_ = true;
};

TEST(Precedence, IsTheSameInTheTreeAsInTheOrderedList) {
  Dice dice(20'26);
  base::Arena arena;
  std::size_t found = 0;
  std::size_t refused = 0;
  constexpr int Tables = 3'000;
  constexpr int Requests = 100;
  for (int i = 0; i < Tables; ++i) {
    const RouteTable routes = dice.table();
    for (int j = 0; j < Requests; ++j) {
      const TestRequest request = dice.request();
      const Decision decision = routes.find(request, arena);
      ASSERT_EQ(text_of(decision), decide_linearly(routes, request))
          << request.method << " " << request.host << request.path << " in table " << i;
      found += decision.kind == Decision::Kind::Found ? 1 : 0;
      refused += decision.kind == Decision::Kind::MethodNotAllowed ? 1 : 0;
      arena.reset();
    }
  }
  // Each kind of decision came up often enough to mean something.
  EXPECT_GT(found, Tables * Requests / 10);
  EXPECT_GT(refused, Tables * Requests / 20);
  EXPECT_LT(found + refused, Tables * Requests * 9 / 10);
}

}  // namespace
}  // namespace portico::routing
