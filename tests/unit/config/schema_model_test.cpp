// SPDX-License-Identifier: Apache-2.0
#include "config/schema_model.h"

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::detail {
namespace {

enum class By : std::uint8_t { Client, User };

struct Row {
  int number = 4;
  bool on = false;
  By by = By::User;
  std::string text;
  std::optional<std::vector<By>> all;
  std::map<std::string, std::string> map;
};

/// Runs `describe` on a fresh schema; the sentence that it throws, if it does.
template <class Describe>
std::string thrown(Describe describe) {
  static const Row defaults;
  ObjectSchema object(&defaults);
  Schema<Row> schema(object, defaults);
  try {
    describe(schema);
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(SchemaModel, RefusesWhatContradictsItselfAtOnce) {
  using S = Schema<Row>;
  EXPECT_EQ(thrown([](S& s) {
              s.field("a", &Row::number, "");
              s.field("a", &Row::on, "");
            }),
            "field \"a\" is declared twice");
  EXPECT_EQ(thrown([](S& s) { s.field("", &Row::number, ""); }), "a field has no name");
  constexpr auto* Bounds =
      "field \"a\": min() and max() are for numbers, amounts, texts, lists and maps";
  EXPECT_EQ(thrown([](S& s) { s.field("a", &Row::on, "").min(1); }), Bounds);
  EXPECT_EQ(thrown([](S& s) { s.field("a", &Row::by, "").max(1); }), Bounds);
  EXPECT_EQ(thrown([](S& s) {
              s.field("a", &Row::text, "").names({{"x", By::User}});
            }),
            "field \"a\": names() is for an enum");
  EXPECT_EQ(thrown([](S& s) { s.field("a", &Row::number, "").one_of({"x"}); }),
            "field \"a\": one_of() is for a std::string");
  EXPECT_EQ(thrown([](S& s) {
              s.field("a", &Row::by, "").names({{"x", By::User}, {"x", By::Client}});
            }),
            "field \"a\": the word \"x\" is named twice");
}

TEST(SchemaModel, TakesBoundsAndWordsOfWhatIsWithin) {
  EXPECT_EQ(thrown([](Schema<Row>& s) {
              s.field("all", &Row::all, "").min(1).max(2).names({{"x", By::User}});
              s.field("map", &Row::map, "").max(2).one_of({"a"});
            }),
            "nothing thrown");
}

template <int Kind>
struct Flawed {
  By by = By::User;
  int number = 0;
  static void describe(Schema<Flawed>& s) {
    if constexpr (Kind == 0) s.field("by", &Flawed::by, "Whose.");
    if constexpr (Kind == 1) s.shorthand("nothing");
    if constexpr (Kind == 2) s.field("n", &Flawed::number, "A number.").min(3).max(2);
    if constexpr (Kind == 3) {
      s.field("by", &Flawed::by, "Whose.").names({{"user", By::User}}).needs("identity", "usr");
    }
    if constexpr (Kind == 4) {
      s.field("n", &Flawed::number, "A number.");
      s.field("n", &Flawed::number, "A number.");
    }
  }
};

template <class Inner>
struct Around {
  std::vector<Inner> inner;
  static void describe(Schema<Around>& s) { s.field("inner", &Around::inner, "A struct."); }
};

TEST(SchemaModel, FindsWhatOnlyTheWholeStructShows) {
  EXPECT_EQ(schema_of<Flawed<0>>().flaw(), "field \"by\" is an enum: say its words with names()");
  EXPECT_EQ(schema_of<Flawed<1>>().flaw(), "shorthand(\"nothing\") names no field");
  EXPECT_EQ(schema_of<Flawed<2>>().flaw(), "field \"n\" has a minimum above its maximum");
  EXPECT_EQ(schema_of<Flawed<3>>().flaw(),
            "field \"by\" needs \"identity\" for \"usr\", which is none of its words");
  EXPECT_EQ(schema_of<Around<Flawed<0>>>().flaw(),
            "field \"inner\" > field \"by\" is an enum: say its words with names()");
  EXPECT_EQ(schema_of<Around<Flawed<4>>>().flaw(), "field \"n\" is declared twice");
}

struct Tree {
  int weight = 1;
  std::vector<Tree> children;
  static void describe(Schema<Tree>& s) {
    s.summary("A tree.");
    s.field("weight", &Tree::weight, "Its weight.").required();
    s.field("children", &Tree::children, "Below it.");
  }
};

TEST(SchemaModel, HoldsAStructThatHoldsItself) {
  const ObjectSchema& schema = schema_of<Tree>();
  EXPECT_EQ(schema.flaw(), "");
  EXPECT_EQ(schema.summary(), "A tree.");
  EXPECT_EQ(schema.index_of("children"), 1U);
  EXPECT_EQ(schema.find("nothing"), nullptr);
  EXPECT_EQ(&schema.find("children")->type->element->object(), &schema);
  EXPECT_EQ(static_cast<const Tree*>(schema.defaults())->weight, 1);
}

struct Nested {
  Tree tree;
  std::optional<Tree> perhaps;
  static void describe(Schema<Nested>& s) {
    s.field("tree", &Nested::tree, "One.");
    s.field("perhaps", &Nested::perhaps, "Perhaps one.");
  }
};

TEST(SchemaModel, DemandsAStructInWhichSomethingIsRequired) {
  EXPECT_TRUE(schema_of<Nested>().find("tree")->demanded());
  EXPECT_FALSE(schema_of<Nested>().find("perhaps")->demanded());
  EXPECT_FALSE(schema_of<Tree>().find("children")->demanded());
}

}  // namespace
}  // namespace portico::detail
