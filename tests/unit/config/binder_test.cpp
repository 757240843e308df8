// SPDX-License-Identifier: Apache-2.0
#include "config/binder.h"

#include "unit/config/bound.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

enum class By : std::uint8_t { Client, User, Header };

struct Target {
  std::string host;
  std::uint16_t weight = 1;

  static void describe(Schema<Target>& s) {
    s.summary("Where requests go.");
    s.field("host", &Target::host, "Its name.").required();
    s.field("weight", &Target::weight, "Its share.").min(1).max(100);
    s.shorthand("host");
  }
};

struct Everything {
  bool on = false;
  std::int8_t small = 0;
  std::int64_t large = 0;
  std::uint64_t natural = 0;
  double share = 0;
  std::string name = "n";
  std::string form = "json";
  By by = By::Client;
  std::chrono::milliseconds per = 1min;
  std::chrono::duration<double> pause{0};
  Bytes size{1024};
  Cidr network;
  Url url;
  Origin origin;
  Secret secret;
  Template text;
  Target target;
  std::optional<std::uint16_t> port;
  std::vector<std::string> names{"default"};
  std::vector<Target> targets;
  std::map<std::string, std::string> headers;
  std::map<std::string, Target> pools;

  static void describe(Schema<Everything>& s) {
    s.field("on", &Everything::on, "A switch.");
    s.field("small", &Everything::small, "A small number.");
    s.field("large", &Everything::large, "A large number.");
    s.field("natural", &Everything::natural, "A large number without a sign.");
    s.field("share", &Everything::share, "A number.").min(0.01).max(1e6);
    s.field("name", &Everything::name, "A name.").min(1).max(5);
    s.field("form", &Everything::form, "One of two.").one_of({"json", "text"});
    s.field("by", &Everything::by, "Whose.")
        .names({{"client", By::Client}, {"user", By::User}, {"header", By::Header}})
        .needs("identity", "user");
    s.field("per", &Everything::per, "A window.").min(1s).max(1h);
    s.field("pause", &Everything::pause, "A pause.");
    s.field("size", &Everything::size, "An amount.").min(Bytes{512}).max(Bytes{1 << 20});
    s.field("network", &Everything::network, "A network.");
    s.field("url", &Everything::url, "A URL.");
    s.field("origin", &Everything::origin, "An origin.");
    s.field("secret", &Everything::secret, "A secret.").min(4);
    s.field("text", &Everything::text, "A template.");
    s.field("target", &Everything::target, "A struct.");
    s.field("port", &Everything::port, "Perhaps a port.").min(1);
    s.field("names", &Everything::names, "Names.").max(3);
    s.field("targets", &Everything::targets, "Structs.");
    s.field("headers", &Everything::headers, "Texts by name.").min(1).max(2);
    s.field("pools", &Everything::pools, "Structs by name.");
  }
};

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

struct Fault {
  std::string yaml;
  std::string line;
};

/// The name of a case in the list of tests.
void PrintTo(const Fault& fault, std::ostream* out) { *out << testing::PrintToString(fault.yaml); }

class BinderFault : public testing::TestWithParam<Fault> {};

TEST_P(BinderFault, IsToldInOneSentence) {
  EXPECT_THAT(problems_of(GetParam().yaml), ElementsAre(GetParam().line));
}

INSTANTIATE_TEST_SUITE_P(
    OfScalars, BinderFault,
    testing::Values(
        Fault{"on: off", "1:5 x.on: expected true or false, found \"off\"; write false"},
        Fault{"on: TRUE", "1:5 x.on: expected true or false, found \"TRUE\"; write true"},
        Fault{"on: \"true\"",
              "1:5 x.on: expected true or false, found \"true\" in quotes; write "
              "true without the quotes"},
        Fault{"on: 1", "1:5 x.on: expected true or false, found \"1\""},
        Fault{"on:", "1:1 x.on: expected true or false, found nothing"},
        Fault{"small: 128", "1:8 x.small: must be at most 127, is 128"},
        Fault{"small: -129", "1:8 x.small: must be at least -128, is -129"},
        Fault{"small: 99999999999999999999",
              "1:8 x.small: must be at most 127, is 99999999999999999999"},
        Fault{"large: 9223372036854775808",
              "1:8 x.large: must be at most 9223372036854775807, is 9223372036854775808"},
        Fault{"large: -9223372036854775809",
              "1:8 x.large: must be at least -9223372036854775808, is -9223372036854775809"},
        Fault{"natural: -1", "1:10 x.natural: must be at least 0, is -1"},
        Fault{"natural: 18446744073709551616",
              "1:10 x.natural: must be at most 18446744073709551615, is 18446744073709551616"},
        Fault{"small: 1.5", "1:8 x.small: expected a whole number, found \"1.5\""},
        Fault{"small: 0x10", "1:8 x.small: expected a whole number, found \"0x10\""},
        Fault{"small: 010", "1:8 x.small: expected a whole number, found \"010\""},
        Fault{"small: \"5\"",
              "1:8 x.small: expected a whole number, found \"5\" in quotes; write "
              "5 without the quotes"},
        Fault{"small: {}", "1:8 x.small: expected a whole number, found a map"},
        Fault{"share: .nan", "1:8 x.share: expected a number, found \".nan\""},
        Fault{"share: inf", "1:8 x.share: expected a number, found \"inf\""},
        Fault{"share: 0.001", "1:8 x.share: must be at least 0.01, is 0.001"},
        Fault{"share: 2e6", "1:8 x.share: must be at most 1000000, is 2e6"},
        Fault{"share: \"2.5\"",
              "1:8 x.share: expected a number, found \"2.5\" in quotes; write "
              "2.5 without the quotes"},
        Fault{"name: [a]", "1:7 x.name: expected a text, found a list"},
        Fault{"name: \"\"", "1:7 x.name: must have at least 1 character, has 0"},
        Fault{"name: abcdef", "1:7 x.name: must have at most 5 characters, has 6"},
        Fault{"form: jsn",
              "1:7 x.form: expected one of \"json\", \"text\", found \"jsn\"; did you "
              "mean \"json\"?"},
        Fault{"by: usr",
              "1:5 x.by: expected one of \"client\", \"user\", \"header\", found "
              "\"usr\"; did you mean \"user\"?"},
        Fault{"by: moon",
              "1:5 x.by: expected one of \"client\", \"user\", \"header\", found "
              "\"moon\""}));

INSTANTIATE_TEST_SUITE_P(
    OfUnits, BinderFault,
    testing::Values(
        Fault{"per: [1s]", "1:6 x.per: expected a duration such as 10s, found a list"},
        Fault{"per: 500ms", "1:6 x.per: must be at least 1s, is 500ms"},
        Fault{"per: 61m", "1:6 x.per: must be at most 1h, is 61m"},
        Fault{"per: 1s250us",
              "1:6 x.per: \"1s250us\" is finer than this setting can be; write a "
              "multiple of 1ms"},
        Fault{"size: 10MB", "1:7 x.size: \"MB\" is not a unit; write 10MiB"},
        Fault{"size: 100", "1:7 x.size: must be at least 512B, is 100"},
        Fault{"size: 2MiB", "1:7 x.size: must be at most 1MiB, is 2MiB"},
        Fault{"network: 10.0.0.1/8",
              "1:10 x.network: \"10.0.0.1/8\" has bits beyond its prefix; write 10.0.0.0/8"},
        Fault{"url: \"http://u:pa ss@h\"", "1:6 x.url: the URL has a blank in it; write %20"},
        Fault{"url: {a: b}",
              "1:6 x.url: expected a URL such as http://127.0.0.1:4000, found a map"},
        Fault{"origin: \"https://a/\"", "1:9 x.origin: the origin has a path; write https://a"},
        Fault{"secret: abc", "1:9 x.secret: must have at least 4 characters, has 3"},
        Fault{"secret: [abc]", "1:9 x.secret: expected a text, found a list"}));

INSTANTIATE_TEST_SUITE_P(
    OfContainers, BinderFault,
    testing::Values(
        Fault{"port: 0", "1:7 x.port: must be at least 1, is 0"},
        Fault{"port: 65536", "1:7 x.port: must be at most 65535, is 65536"},
        Fault{"names: {a: b}", "1:8 x.names: expected a list, found a map"},
        Fault{"names: [a, b, c, d]", "1:8 x.names: must have at most 3 items, has 4"},
        Fault{"names: [a, [b]]", "1:12 x.names[1]: expected a text, found a list"},
        Fault{"names: [a, ~]", "1:12 x.names[1]: expected a text, found nothing"},
        Fault{"targets: {host: a}", "1:10 x.targets: expected a list, found a map"},
        Fault{"headers: {}", "1:10 x.headers: must have at least 1 entry, has 0"},
        Fault{"headers: {a: b, c: d, e: f}", "1:10 x.headers: must have at most 2 entries, has 3"},
        Fault{"headers: 5", "1:10 x.headers: expected a map, found \"5\""},
        Fault{"headers: {a.b: [c]}", "1:16 x.headers[\"a.b\"]: expected a text, found a list"},
        Fault{"pools: {main: [a]}", "1:15 x.pools.main: expected a text, found a list"},
        Fault{"pools: {main: }",
              "1:15 x.pools.main.host: required key is missing; add it: a "
              "text"}));

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

struct Limit {
  int limit = 100;
  By by = By::Client;
  std::optional<std::string> header;
  std::vector<Target> targets;
  static void describe(Schema<Limit>& s) {
    s.field("limit", &Limit::limit, "How often.");
    s.field("by", &Limit::by, "Whose.").names({{"client", By::Client}, {"user", By::User}});
    s.field("header", &Limit::header, "Which header.");
    s.field("targets", &Limit::targets, "Where to.");
  }
};

struct Use {
  std::optional<int> limit;
  By by = By::Client;
  std::string header = "none";
  std::vector<Target> targets;
  static void describe(Schema<Use>& s) {
    s.field("limit", &Use::limit, "How often.").inherit();
    s.field("by", &Use::by, "Whose.")
        .names({{"client", By::Client}, {"user", By::User}})
        .needs("identity", "user")
        .inherit();
    s.field("header", &Use::header, "Which header.").inherit();
    s.field("targets", &Use::targets, "Where to.").inherit();
  }
};

BindOptions inheriting(const Limit& parent) {
  return {.variables = {},
          .path_params = nullptr,
          .parent = &parent,
          .parent_schema = &detail::schema_of<Limit>()};
}

TEST(Binder, InheritsWhatIsAbsentFromThePlugin) {
  const Limit parent{7, By::User, "X-Key", {{"a", 3}}};
  const auto bound = bind_yaml<Use>("{}\n", inheriting(parent), "use[0]");
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_EQ(bound.value.limit, 7);
  EXPECT_EQ(bound.value.by, By::User);
  EXPECT_EQ(bound.value.header, "X-Key");
  ASSERT_EQ(bound.value.targets.size(), 1U);
  EXPECT_EQ(bound.value.targets[0].weight, 3);
  ASSERT_EQ(bound.needs.size(), 1U);
  EXPECT_EQ(bound.needs[0].fact, "identity");
  EXPECT_EQ(bound.needs[0].path, "use[0].by");
  EXPECT_EQ(bound.needs[0].value, "user");
}

TEST(Binder, PrefersWhatIsWrittenToWhatIsInherited) {
  const Limit parent{7, By::User, std::nullopt, {{"a", 3}}};
  const auto bound = bind_yaml<Use>("limit: 3\nby: client\ntargets: []\n", inheriting(parent));
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_EQ(bound.value.limit, 3);
  EXPECT_EQ(bound.value.by, By::Client);
  EXPECT_EQ(bound.value.header, "none");
  EXPECT_THAT(bound.value.targets, IsEmpty());
  EXPECT_THAT(bound.needs, IsEmpty());
}

struct Misfit {
  std::string limit;
  static void describe(Schema<Misfit>& s) {
    s.field("limit", &Misfit::limit, "How often.").inherit();
  }
};

TEST(Binder, RefusesToInheritWhatDoesNotFit) {
  const Limit parent;
  EXPECT_THAT(bind_yaml<Misfit>("{}\n", inheriting(parent)).lines,
              ElementsAre("1:1 x.limit: the describe() of these settings is wrong: there is no "
                          "such setting to inherit; tell the author of the plugin"));
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

TEST(BinderOfJson, ReportsPointersInTheOrderOfTheBody) {
  const auto bound = bind_json_text<Everything>(
      R"({"target": {"host": 5, "a/b~c": 1}, "small": "1", "names": ["a", 2], "on": "true",
          "per": 10, "size": 100, "pause": 0, "by": "usr", "network": 1, "share": 0.5})");
  EXPECT_THAT(
      bound.lines,
      ElementsAre("/target/host: expected a string, found 5",
                  "/target/a~1b~0c: unknown key; known keys: host, weight",
                  "/small: expected a whole number, found the string \"1\"; write 1 without "
                  "the quotes",
                  "/names/1: expected a string, found 2",
                  "/on: expected true or false, found the string \"true\"; write true "
                  "without the quotes",
                  "/per: \"10\" has no unit; write 10s, 10ms or 10m",
                  "/size: must be at least 512B, is 100",
                  "/by: expected one of \"client\", \"user\", \"header\", found the string "
                  "\"usr\"; did you mean \"user\"?",
                  "/network: expected a network such as 10.0.0.0/8, found 1"));
}

TEST(BinderOfJson, TakesNullForAbsent) {
  const auto bound = bind_json_text<Everything>(
      R"({"target": {"host": "h"}, "port": null, "names": null, "headers": null})");
  EXPECT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_THAT(bind_json_text<Small>("null").lines,
              ElementsAre(": expected an object, found nothing"));
}

TEST(BinderOfJson, TakesNoLoneItemForAList) {
  EXPECT_THAT(bind_json_text<Everything>(R"({"target": "h", "names": "a"})").lines,
              ElementsAre("/names: expected an array, found the string \"a\""));
}

}  // namespace
}  // namespace portico::config
