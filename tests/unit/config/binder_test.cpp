// SPDX-License-Identifier: Apache-2.0
#include "config/binder.h"

#include "unit/config/bound.h"
#include "unit/config/everything.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

constexpr std::string_view WithTarget = "target: h\n";

Lines problems_of(const std::string& yaml) {
  return bind_yaml<Everything>(yaml + '\n' + std::string(WithTarget)).lines;
}

TEST(Binder, BindsEveryKind) {
  const auto bound = bind_yaml<Everything>(R"(
on: true
small: -128
large: -9223372036854775808
natural: 18446744073709551615
share: 2.5
name: 007
form: text
by: header
per: 1m30s
pause: 250ms
size: 64KiB
network: 10.0.0.0/8
url: "http://127.0.0.1:80/x"
origin: "https://A.example:443"
secret: hush
text: "id {request.id}"
target: {host: a, weight: 7}
port: 65535
names: [a, b]
targets: [b, {host: c, weight: 2}]
headers: {X-A: 1}
pools: {main: d}
)");
  ASSERT_THAT(bound.lines, IsEmpty());
  ASSERT_TRUE(bound.good);
  const Everything& all = bound.value;
  EXPECT_TRUE(all.on);
  EXPECT_EQ(all.small, -128);
  EXPECT_EQ(all.large, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(all.natural, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(all.share, 2.5);
  EXPECT_EQ(all.name, "007");
  EXPECT_EQ(all.form, "text");
  EXPECT_EQ(all.by, By::Header);
  EXPECT_EQ(all.per, 90s);
  EXPECT_NEAR(all.pause.count(), 0.25, 1e-9);
  EXPECT_EQ(all.size.count, 65536U);
  EXPECT_EQ(all.network.prefix, 104);
  EXPECT_EQ(all.url.path, "/x");
  EXPECT_EQ(all.origin.text, "https://a.example");
  EXPECT_EQ(all.secret.reveal(), "hush");
  EXPECT_EQ(all.text.source(), "id {request.id}");
  EXPECT_EQ(all.target.host, "a");
  EXPECT_EQ(all.target.weight, 7);
  EXPECT_EQ(all.port, 65535);
  EXPECT_THAT(all.names, ElementsAre("a", "b"));
  ASSERT_EQ(all.targets.size(), 2U);
  EXPECT_EQ(all.targets[0].host, "b");
  EXPECT_EQ(all.targets[1].weight, 2);
  EXPECT_EQ(all.headers.at("X-A"), "1");
  EXPECT_EQ(all.pools.at("main").host, "d");
}

TEST(Binder, KeepsTheDefaultsOfWhatIsAbsent) {
  const auto bound = bind_yaml<Everything>("names: ~\nport:\ntarget: h\nheaders: null\n");
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_EQ(bound.value.per, 1min);
  EXPECT_THAT(bound.value.names, ElementsAre("default"));
  EXPECT_FALSE(bound.value.port);
}

TEST(Binder, TakesALoneScalarForAListOfOne) {
  const auto bound = bind_yaml<Everything>("names: a\ntargets: b\ntarget: h\n");
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_THAT(bound.value.names, ElementsAre("a"));
  EXPECT_EQ(bound.value.targets.at(0).host, "b");
}

TEST(Binder, ReportsEveryProblemAtOnceWithItsPlace) {
  const auto bound = bind_yaml<Everything>(R"(on: yes
smal: 1
targets:
  - {host: a, weight: 0}
  - {wieght: 2}
pools: {main: {host: [x]}}
per: 10
)",
                                           {}, "plugins.proxy");
  EXPECT_FALSE(bound.good);
  EXPECT_THAT(
      bound.lines,
      ElementsAre("1:1 plugins.proxy.target.host: required key is missing; add it: a text",
                  "1:5 plugins.proxy.on: expected true or false, found \"yes\"; write true",
                  "2:1 plugins.proxy.smal: unknown key; did you mean \"small\"?",
                  "4:23 plugins.proxy.targets[0].weight: must be at least 1, is 0",
                  "5:5 plugins.proxy.targets[1].host: required key is missing; add it: a text",
                  "5:6 plugins.proxy.targets[1].wieght: unknown key; did you mean \"weight\"?",
                  "6:22 plugins.proxy.pools.main.host: expected a text, found a list",
                  "7:6 plugins.proxy.per: \"10\" has no unit; write 10s, 10ms or 10m"));
}

struct Small {
  int burst = 1;
  int limit = 1;
  std::optional<int> old;
  static void describe(Schema<Small>& s) {
    s.field("burst", &Small::burst, "At once.");
    s.field("limit", &Small::limit, "In all.").required();
    s.field("old", &Small::old, "As it was.").deprecated("limit", "2.0");
    s.rule("`burst` must be at least `limit`; raise it",
           [](const Small& v) { return v.burst >= v.limit; });
    s.rule("this check throws", [](const Small& v) -> bool {
      if (v.burst == 13) throw std::runtime_error("thirteen");
      return true;
    });
  }
};

struct Outer {
  Small inner;
  static void describe(Schema<Outer>& s) { s.field("inner", &Outer::inner, "A struct."); }
};

TEST(Binder, NamesTheKnownKeysWhenThereAreFew) {
  EXPECT_THAT(bind_yaml<Small>("limit: 1\nxyz: 1\n").lines,
              ElementsAre("2:1 x.xyz: unknown key; known keys: burst, limit"));
  EXPECT_THAT(bind_yaml<NoSettings>("a: 1\n").lines,
              ElementsAre("1:1 x.a: unknown key; nothing can be set here"));
  EXPECT_THAT(problems_of("qqqqqqqq: 1"), ElementsAre("1:1 x.qqqqqqqq: unknown key"));
}

TEST(Binder, WantsAMapForAStructWithoutAShorthand) {
  EXPECT_THAT(bind_yaml<Outer>("inner: hello\n").lines,
              ElementsAre("1:8 x.inner: expected a map, found \"hello\""));
  EXPECT_THAT(bind_yaml<Outer>("inner: [1]\n").lines,
              ElementsAre("1:8 x.inner: expected a map, found a list"));
}

TEST(Binder, MissesWhatIsRequiredInAStructThatIsAbsent) {
  for (const std::string yaml : {"{}\n", "inner:\n", "inner: {}\n"}) {
    const auto bound = bind_yaml<Outer>(yaml);
    ASSERT_EQ(bound.lines.size(), 1U) << yaml;
    EXPECT_THAT(bound.lines[0], testing::EndsWith(" x.inner.limit: required key is missing; add "
                                                  "it: a whole number"));
  }
}

TEST(Binder, TellsTheRuleOnlyOnceTheFieldsAreWell) {
  EXPECT_THAT(bind_yaml<Small>("limit: 2\n").lines,
              ElementsAre("1:1 x: `burst` must be at least `limit`; raise it"));
  EXPECT_THAT(bind_yaml<Small>("limit: 2\nburst: a\n").lines,
              ElementsAre("2:8 x.burst: expected a whole number, found \"a\""));
}

TEST(Binder, OutlivesARuleThatThrows) {
  EXPECT_THAT(bind_yaml<Small>("limit: 2\nburst: 13\n").lines,
              ElementsAre("1:1 x: this check throws (the check failed: thirteen)"));
}

TEST(Binder, WarnsOfWhatIsDeprecated) {
  const auto bound = bind_yaml<Small>("limit: 1\nold: 3\n");
  EXPECT_TRUE(bound.good);
  EXPECT_EQ(bound.value.old, 3);
  EXPECT_THAT(bound.lines, ElementsAre("warning 2:1 x.old: deprecated, goes away in 2.0; write "
                                       "\"limit\" instead"));
}

TEST(Binder, ReadsWhatAVariableHoldsByItsContent) {
  const auto bound =
      bind_yaml<Everything>("small: \"${N}\"\non: ${B}\nper: \"${N}s\"\nname: ${N}\ntarget: h\n",
                            {.variables = {{"N", "12"}, {"B", "true"}}});
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_EQ(bound.value.small, 12);
  EXPECT_TRUE(bound.value.on);
  EXPECT_EQ(bound.value.per, 12s);
  EXPECT_EQ(bound.value.name, "12");
}

TEST(Binder, NeverRepeatsWhatAVariableHolds) {
  const auto bound = bind_yaml<Everything>(
      "small: ${P}\non: ${P}\nper: ${P}\nby: ${P}\nshare: ${Q}\nnetwork: ${P}\norigin: ${P}\n"
      "url: ${P}\nsize: ${P}\nport: ${Q}\nheaders: ${P}\ntarget: h\n",
      {.variables = {{"P", "hunter2"}, {"Q", "0"}}});
  EXPECT_EQ(bound.lines.size(), 11U);
  for (const std::string& line : bound.lines) {
    EXPECT_THAT(line, testing::Not(testing::HasSubstr("hunter2")));
  }
  EXPECT_EQ(bound.lines.at(0),
            "1:8 x.small: expected a whole number, found what \"${P}\" stands for");
  EXPECT_EQ(bound.lines.at(4), "5:8 x.share: must be at least 0.01, is what \"${Q}\" stands for");
}

struct Hidden {
  std::string pin;
  static void describe(Schema<Hidden>& s) {
    s.field("pin", &Hidden::pin, "Four digits.").secret().one_of({"1234"});
  }
};

TEST(Binder, NeverRepeatsASecret) {
  EXPECT_THAT(bind_yaml<Hidden>("pin: 9876\n").lines,
              ElementsAre("1:6 x.pin: expected \"1234\", found another text"));
}

TEST(Binder, CollectsTheFactsThatValuesNeed) {
  const auto bound = bind_yaml<Everything>("by: user\ntext: \"for {user.id}\"\ntarget: h\n");
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  ASSERT_EQ(bound.needs.size(), 2U);
  EXPECT_EQ(bound.needs[0].path, "x.by");
  EXPECT_EQ(bound.needs[0].mark, (Mark{1, 1, 5}));
  EXPECT_EQ(bound.needs[1].fact, "identity");
  EXPECT_EQ(bound.needs[1].value, "for {user.id}");
}

TEST(Binder, KnowsThePartsOfTheRoutesPath) {
  const Names params{"id", "rest"};
  const BindOptions options{.variables = {}, .path_params = &params};
  EXPECT_TRUE(bind_yaml<Everything>("text: \"{path.id}\"\ntarget: h\n", options).good);
  EXPECT_THAT(bind_yaml<Everything>("text: \"{path.name}\"\ntarget: h\n", options).lines,
              ElementsAre("1:7 x.text: the route's path has no part named \"name\"; it has "
                          "{path.id}, {path.rest}"));
  const Names none;
  EXPECT_THAT(bind_yaml<Everything>("text: \"{path.name}\"\ntarget: h\n",
                                    {.variables = {}, .path_params = &none})
                  .lines,
              ElementsAre("1:7 x.text: the route's path has no part named \"name\"; name one in "
                          "match.path, as in /users/{id}"));
}

TEST(Binder, TellsATemplatesFaultAtItsPlace) {
  const auto bound = bind_yaml<Everything>("text: \"{request.nope}\"\ntarget: h\n");
  ASSERT_EQ(bound.lines.size(), 1U);
  EXPECT_THAT(bound.lines[0], testing::StartsWith("1:7 x.text: "));
}

struct Kept {
  const Node* node = nullptr;
  static void describe(Schema<Kept>& s) { s.field("node", &Kept::node, "As it is."); }
};

TEST(Binder, KeepsARawNodeForLater) {
  const auto bound = bind_yaml<Kept>("node: {a: [1, 2]}\n");
  ASSERT_TRUE(bound.good);
  ASSERT_NE(bound.value.node, nullptr);
  EXPECT_EQ(bound.value.node->find("a")->items().size(), 2U);
}

struct Wordless {
  By by = By::Client;
  static void describe(Schema<Wordless>& s) { s.field("by", &Wordless::by, "Whose."); }
};

TEST(Binder, BlamesTheAuthorForAnEnumWithoutWords) {
  EXPECT_THAT(bind_yaml<Wordless>("by: a\n").lines,
              ElementsAre("1:1 x: the describe() of these settings is wrong: field \"by\" is an "
                          "enum: say its words with names(); tell the author of the plugin"));
}

}  // namespace
}  // namespace portico::config
