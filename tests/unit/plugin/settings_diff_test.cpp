// SPDX-License-Identifier: Apache-2.0
#include "plugin/settings_diff.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using namespace std::chrono_literals;

enum class Kind { One, Two };

struct Inner {
  int number = 1;
  static void describe(Schema<Inner>& s) { s.field("number", &Inner::number, "A number."); }
};

struct Everything {
  bool flag = false;
  int number = 1;
  double real = 0.5;
  Kind kind = Kind::One;
  std::chrono::milliseconds time = 1s;
  std::string text = "a";
  Bytes amount{1};
  Cidr block;
  Url url;
  Origin origin;
  Secret secret{"a"};
  Template pattern{"{request.id}"};
  Inner inner;
  std::optional<int> maybe;
  std::vector<Inner> list;
  std::map<std::string, int> map;
  int free = 1;

  static void describe(Schema<Everything>& s) {
    s.field("flag", &Everything::flag, "One.").restart();
    s.field("number", &Everything::number, "One.").restart();
    s.field("real", &Everything::real, "One.").restart();
    s.field("kind", &Everything::kind, "One.")
        .names({{"one", Kind::One}, {"two", Kind::Two}})
        .restart();
    s.field("time", &Everything::time, "One.").restart();
    s.field("text", &Everything::text, "One.").restart();
    s.field("amount", &Everything::amount, "One.").restart();
    s.field("block", &Everything::block, "One.").restart();
    s.field("url", &Everything::url, "One.").restart();
    s.field("origin", &Everything::origin, "One.").restart();
    s.field("secret", &Everything::secret, "One.").restart();
    s.field("pattern", &Everything::pattern, "One.").restart();
    s.field("inner", &Everything::inner, "One.").restart();
    s.field("maybe", &Everything::maybe, "One.").restart();
    s.field("list", &Everything::list, "One.").restart();
    s.field("map", &Everything::map, "One.").restart();
    s.field("free", &Everything::free, "One.");
  }
};

using Names = std::vector<std::string>;

Names changed(const Everything& before, const Everything& after) {
  return changed_restart_fields(detail::schema_of<Everything>(), &before, &after);
}

Names changed_by(const std::function<void(Everything&)>& change) {
  Everything after;
  change(after);
  return changed(Everything(), after);
}

TEST(SettingsDiff, SeesNoChangeWhereThereIsNone) {
  EXPECT_EQ(changed(Everything(), Everything()), Names());
  EXPECT_EQ(changed_by([](Everything& e) { e.free = 2; }), Names());
}

TEST(SettingsDiff, SeesAChangeOfEveryKind) {
  EXPECT_EQ(changed_by([](Everything& e) { e.flag = true; }), Names{"flag"});
  EXPECT_EQ(changed_by([](Everything& e) { e.number = 2; }), Names{"number"});
  EXPECT_EQ(changed_by([](Everything& e) { e.real = 0.25; }), Names{"real"});
  EXPECT_EQ(changed_by([](Everything& e) { e.kind = Kind::Two; }), Names{"kind"});
  EXPECT_EQ(changed_by([](Everything& e) { e.time = 2s; }), Names{"time"});
  EXPECT_EQ(changed_by([](Everything& e) { e.text = "b"; }), Names{"text"});
  EXPECT_EQ(changed_by([](Everything& e) { e.amount.count = 2; }), Names{"amount"});
  EXPECT_EQ(changed_by([](Everything& e) { e.block.prefix = 8; }), Names{"block"});
  EXPECT_EQ(changed_by([](Everything& e) { e.url.text = "http://b"; }), Names{"url"});
  EXPECT_EQ(changed_by([](Everything& e) { e.origin.text = "http://b"; }), Names{"origin"});
  EXPECT_EQ(changed_by([](Everything& e) { e.secret = Secret("b"); }), Names{"secret"});
  EXPECT_EQ(changed_by([](Everything& e) { e.pattern = Template("b"); }), Names{"pattern"});
  EXPECT_EQ(changed_by([](Everything& e) { e.inner.number = 2; }), Names{"inner"});
}

TEST(SettingsDiff, LooksIntoContainers) {
  EXPECT_EQ(changed_by([](Everything& e) { e.maybe = 1; }), Names{"maybe"});
  EXPECT_EQ(changed_by([](Everything& e) { e.list.resize(1); }), Names{"list"});
  EXPECT_EQ(changed_by([](Everything& e) { e.map["a"] = 1; }), Names{"map"});
  Everything before;
  before.maybe = 1;
  before.list.resize(2);
  before.map["a"] = 1;
  Everything after = before;
  EXPECT_EQ(changed(before, after), Names());
  after.maybe = 2;
  after.list[1].number = 2;
  after.map = {{"b", 1}};
  EXPECT_EQ(changed(before, after), (Names{"maybe", "list", "map"}));
}

}  // namespace
}  // namespace portico::plugin
