// SPDX-License-Identifier: Apache-2.0
// The sentence of every kind of fault.
#include "unit/config/bound.h"
#include "unit/config/everything.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using testing::ElementsAre;
using Lines = std::vector<std::string>;

constexpr std::string_view WithTarget = "target: h\n";

Lines problems_of(const std::string& yaml) {
  return bind_yaml<Everything>(yaml + '\n' + std::string(WithTarget)).lines;
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

}  // namespace
}  // namespace portico::config
