// SPDX-License-Identifier: Apache-2.0
#include "config/dump.h"

#include "base/arena.h"
#include "config/units.h"
#include <portico/http.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

using namespace std::chrono_literals;

enum class Level : std::uint8_t { Low, High };

struct Inner {
  std::string name = "a";
  std::optional<int> rank;
  static void describe(Schema<Inner>& s) {
    s.field("name", &Inner::name, "Its name.");
    s.field("rank", &Inner::rank, "Its rank.");
  }
};

struct Shown {
  bool on = true;
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::uint64_t high = std::numeric_limits<std::uint64_t>::max();
  double share = 0.5;
  Level level = Level::High;
  std::chrono::milliseconds per = 90s;
  Bytes size{32768};
  Cidr network = *parse_cidr("10.0.0.0/8");
  Url url = *parse_url("redis://:hunter2@cache/0");
  Origin origin{"https://a.example"};
  Secret secret{"hunter2"};
  Secret unset;
  std::string pin = "hunter2";
  Template text{"for {request.id}"};
  std::optional<int> nothing;
  std::vector<Inner> list{Inner{}, Inner{"b", 2}};
  std::map<std::string, Inner> map{{"x", Inner{}}};
  const Node* raw = nullptr;

  static void describe(Schema<Shown>& s) {
    s.field("on", &Shown::on, "");
    s.field("low", &Shown::low, "");
    s.field("high", &Shown::high, "");
    s.field("share", &Shown::share, "");
    s.field("level", &Shown::level, "").names({{"low", Level::Low}, {"high", Level::High}});
    s.field("per", &Shown::per, "");
    s.field("size", &Shown::size, "");
    s.field("network", &Shown::network, "");
    s.field("url", &Shown::url, "");
    s.field("origin", &Shown::origin, "");
    s.field("secret", &Shown::secret, "");
    s.field("unset", &Shown::unset, "");
    s.field("pin", &Shown::pin, "").secret();
    s.field("text", &Shown::text, "");
    s.field("nothing", &Shown::nothing, "");
    s.field("list", &Shown::list, "");
    s.field("map", &Shown::map, "");
    s.field("raw", &Shown::raw, "");
  }
};

constexpr std::string_view Whole =
    R"({"on":true,"low":-9223372036854775808,"high":18446744073709551615,"share":0.5,)"
    R"("level":"high","per":"90s","size":"32KiB","network":"10.0.0.0/8",)"
    R"("url":"redis://:***@cache/0","origin":"https://a.example","secret":"***","unset":"",)"
    R"("pin":"***","text":"for {request.id}","nothing":null,)"
    R"("list":[{"name":"a","rank":null},{"name":"b","rank":2}],)"
    R"("map":{"x":{"name":"a","rank":null}}})";

TEST(Dump, ShowsEveryKindAndNoSecret) {
  std::string text;
  base::JsonWriter writer(text);
  print(Shown(), writer);
  EXPECT_EQ(text, Whole);
}

TEST(Dump, LeavesEmptyOptionalsOutOfBodies) {
  std::string text;
  base::JsonWriter writer(text);
  print(Inner(), writer, Absent::Omitted);
  EXPECT_EQ(text, R"({"name":"a"})");
}

TEST(WriteJson, LivesInTheRequestsMemory) {
  base::Arena arena;
  std::string_view text;
  {
    const base::ArenaScope scope(arena);
    const Inner first{"first", 1};
    text = detail::write_json(detail::schema_of<Inner>(), &first);
    const Inner second{"second", 2};
    detail::write_json(detail::schema_of<Inner>(), &second);
  }
  EXPECT_EQ(text, R"({"name":"first","rank":1})");
  EXPECT_GE(arena.used(), text.size());
}

TEST(WriteJson, NeedsNoRequest) {
  const Inner inner{"first", 1};
  EXPECT_EQ(detail::write_json(detail::schema_of<Inner>(), &inner), R"({"name":"first","rank":1})");
}

}  // namespace
}  // namespace portico::config
