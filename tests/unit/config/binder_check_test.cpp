// SPDX-License-Identifier: Apache-2.0
// Texts and keys that a plugin's own function looks at.
#include "config/schema_model.h"
#include "unit/config/bound.h"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using testing::ElementsAre;

std::string fault_of_word(std::string_view word) {
  if (!word.ends_with('!')) return {};
  return "\"" + std::string(word) + "\" shouts; write it without !";
}

struct Calm {
  std::string name;
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::string>> groups;

  static void describe(Schema<Calm>& s) {
    s.field("name", &Calm::name, "One.").check(fault_of_word);
    s.field("names", &Calm::names, "Many.").check(fault_of_word);
    s.field("groups", &Calm::groups, "More.").check(fault_of_word).check_keys(fault_of_word);
  }
};

TEST(BinderCheck, AsksAboutEveryTextAndKey) {
  const auto bound = bind_yaml<Calm>("name: a!\nnames: [b, c!, d!]\ngroups: {e!: [f, g!], h: i!}");
  EXPECT_FALSE(bound.good);
  EXPECT_THAT(bound.lines,
              ElementsAre("1:7 x.name: \"a!\" shouts; write it without !",
                          "2:12 x.names[1]: \"c!\" shouts; write it without !",
                          "2:16 x.names[2]: \"d!\" shouts; write it without !",
                          "3:10 x.groups[\"e!\"]: \"e!\" shouts; write it without !",
                          "3:18 x.groups[\"e!\"][1]: \"g!\" shouts; write it without !",
                          "3:26 x.groups.h: \"i!\" shouts; write it without !"));
}

TEST(BinderCheck, TakesWhatHasNoFault) {
  const auto bound = bind_yaml<Calm>("name: a\nnames: b\ngroups: {e: [f, g]}");
  EXPECT_TRUE(bound.good);
  EXPECT_EQ(bound.value.name, "a");
  EXPECT_THAT(bound.value.names, ElementsAre("b"));
}

TEST(BinderCheck, AsksInJsonToo) {
  EXPECT_THAT(bind_json_text<Calm>(R"({"name": "a!"})").lines,
              ElementsAre("/name: \"a!\" shouts; write it without !"));
}

// The sentence quotes the value, which may be a secret that a variable brought.
TEST(BinderCheck, KeepsAVariableOutOfTheSentence) {
  const auto bound = bind_yaml<Calm>("name: ${WORD}", {.variables = {{"WORD", "hush!"}}});
  ASSERT_EQ(bound.lines.size(), 1U);
  EXPECT_EQ(bound.lines[0].find("hush"), std::string::npos) << bound.lines[0];
}

struct Row {
  int number = 0;
  std::string text;
};

TEST(BinderCheck, IsForTextsAndMapsAlone) {
  static const Row defaults;
  detail::ObjectSchema object(&defaults);
  Schema<Row> s(object, defaults);
  EXPECT_THROW(s.field("a", &Row::number, "").check(fault_of_word), std::logic_error);
  EXPECT_THROW(s.field("b", &Row::text, "").check_keys(fault_of_word), std::logic_error);
}

}  // namespace
}  // namespace portico::config
