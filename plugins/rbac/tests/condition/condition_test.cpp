// SPDX-License-Identifier: Apache-2.0
// Each operator with attributes that fit, that do not, and that are missing.
#include "tests/condition/facts.h"

#include <array>
#include <cmath>

namespace portico::rbac {
namespace {

using test::Facts;
using test::truth;
using enum Truth;

Facts order_facts() {
  return {{"subject.id", "ada"},
          {"subject.claims.department", "sales"},
          {"subject.claims.home", "/home/ada"},
          {"resource.owner", "ada"},
          {"resource.amount", std::int64_t{100}},
          {"resource.rate", 0.5},
          {"resource.open", true},
          {"resource.path", "/home/ada/notes"},
          {"resource.empty", ""},
          {"resource.nan", std::nan("")},
          {"context.ip", "10.1.2.3"}};
}

TEST(Condition, TakesAMissingAttributeForUnknown) {
  for (const char* const json :
       {R"({"eq": ["resource.none", 1]})", R"({"ne": ["resource.none", 1]})",
        R"({"lt": ["resource.none", 1]})", R"({"eq": ["resource.amount", "resource.none"]})",
        R"({"ne": ["resource.none", "resource.none"]})", R"({"in": ["resource.none", ["a"]]})",
        R"({"prefix": ["resource.none", "a"]})", R"({"prefix": ["resource.path", "subject.none"]})",
        R"({"cidr": ["context.none", "0.0.0.0/0"]})", R"({"owner": "resource.none"})"}) {
    EXPECT_EQ(truth(json, order_facts()), Unknown) << json;
  }
  EXPECT_EQ(truth(R"({"owner": "resource.owner"})", {{"resource.owner", "ada"}}), Unknown);
}

TEST(Condition, TakesAKindThatDoesNotFitForUnknown) {
  for (const char* const json :
       {R"({"eq": ["resource.amount", "100"]})", R"({"ne": ["resource.amount", "100"]})",
        R"({"eq": ["resource.open", 1]})", R"({"eq": ["resource.open", "true"]})",
        R"({"lt": ["resource.path", 1]})", R"({"gte": ["resource.open", "resource.open"]})",
        R"({"eq": ["resource.nan", 1]})", R"({"ne": ["resource.nan", "resource.nan"]})",
        R"({"in": ["resource.amount", ["100", "a"]]})", R"({"prefix": ["resource.amount", "1"]})",
        R"({"prefix": ["resource.path", "resource.amount"]})",
        R"({"cidr": ["resource.amount", "0.0.0.0/0"]})",
        R"({"cidr": ["resource.path", "0.0.0.0/0"]})", R"({"owner": "resource.amount"})"}) {
    EXPECT_EQ(truth(json, order_facts()), Unknown) << json;
  }
}

TEST(Condition, ComparesNumbers) {
  // Smaller, the same, greater than the attribute's 100.
  struct Row {
    const char* name;
    std::array<Truth, 3> truths;
  };
  for (const auto& [name, truths] :
       {Row{"eq", {No, Yes, No}}, Row{"ne", {Yes, No, Yes}}, Row{"lt", {No, No, Yes}},
        Row{"lte", {No, Yes, Yes}}, Row{"gt", {Yes, No, No}}, Row{"gte", {Yes, Yes, No}}}) {
    const std::string begin = std::string("{\"") + name + R"(": ["resource.amount", )";
    EXPECT_EQ(truth(begin + "99]}", order_facts()), truths[0]) << name;
    EXPECT_EQ(truth(begin + "99.5]}", order_facts()), truths[0]) << name;
    EXPECT_EQ(truth(begin + "100]}", order_facts()), truths[1]) << name;
    EXPECT_EQ(truth(begin + "1e2]}", order_facts()), truths[1]) << name;
    EXPECT_EQ(truth(begin + "101]}", order_facts()), truths[2]) << name;
    EXPECT_EQ(truth(begin + "1e300]}", order_facts()), truths[2]) << name;
  }
}

TEST(Condition, ComparesTextsAndTruthValues) {
  EXPECT_EQ(truth(R"({"eq": ["subject.claims.department", "sales"]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"eq": ["subject.claims.department", "Sales"]})", order_facts()), No);
  EXPECT_EQ(truth(R"({"lt": ["subject.claims.department", "sam"]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"eq": ["resource.empty", ""]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"eq": ["resource.open", true]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"ne": ["resource.open", true]})", order_facts()), No);
  EXPECT_EQ(truth(R"({"eq": ["resource.rate", 0.5]})", order_facts()), Yes);
}

TEST(Condition, ComparesOneAttributeWithAnother) {
  EXPECT_EQ(truth(R"({"eq": ["resource.owner", "subject.id"]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"gt": ["resource.amount", "resource.rate"]})", order_facts()), Yes);
}

TEST(Condition, TakesAQuotedTextForNoAttribute) {
  const Facts facts{{"resource.name", "subject.id"}, {"subject.id", "ada"}};
  EXPECT_EQ(truth(R"({"eq": ["resource.name", {"value": "subject.id"}]})", facts), Yes);
  EXPECT_EQ(truth(R"({"eq": ["resource.name", "subject.id"]})", facts), No);
  EXPECT_EQ(truth(R"({"in": ["resource.name", ["a", {"value": "subject.id"}]]})", facts), Yes);
}

TEST(Condition, FindsAValueInAList) {
  EXPECT_EQ(truth(R"({"in": ["subject.claims.department", ["hr", "sales"]]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"in": ["subject.claims.department", ["hr", "it"]]})", order_facts()), No);
  EXPECT_EQ(truth(R"({"in": ["resource.amount", [1, 100.0]]})", order_facts()), Yes);
}

TEST(Condition, TakesAListForAnOrOfItsValues) {
  EXPECT_EQ(truth(R"({"in": ["resource.amount", ["a", 100]]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"in": ["resource.amount", ["a", 101]]})", order_facts()), Unknown);
}

TEST(Condition, SeesWhatATextBeginsWith) {
  EXPECT_EQ(truth(R"({"prefix": ["resource.path", "/home/"]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"prefix": ["resource.path", "/root/"]})", order_facts()), No);
  EXPECT_EQ(truth(R"({"prefix": ["resource.path", "subject.claims.home"]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"prefix": ["resource.empty", "/"]})", order_facts()), No);
}

TEST(Condition, LetsAnEmptyAttributeBeginNothing) {
  EXPECT_EQ(truth(R"({"prefix": ["resource.path", "resource.empty"]})", order_facts()), Unknown);
}

TEST(Condition, KnowsWhetherAnAttributeExists) {
  EXPECT_EQ(truth(R"({"exists": "resource.nan"})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"exists": "resource.empty"})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"exists": "resource.none"})", order_facts()), No);
  EXPECT_EQ(truth(R"({"not": {"exists": "resource.none"}})", order_facts()), Yes);
}

TEST(Condition, KnowsTheOwner) {
  EXPECT_EQ(truth(R"({"owner": "resource.owner"})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"owner": "resource.path"})", order_facts()), No);
  EXPECT_EQ(truth(R"({"owner": "resource.owner"})",
                  {{"subject.id", std::int64_t{7}}, {"resource.owner", std::int64_t{7}}}),
            Yes);
}

TEST(Condition, LetsNobodyOwnWhatHasNoOwner) {
  EXPECT_EQ(truth(R"({"owner": "resource.owner"})", {{"subject.id", ""}, {"resource.owner", ""}}),
            Unknown);
}

TEST(Condition, FindsAnAddressInABlock) {
  EXPECT_EQ(truth(R"({"cidr": ["context.ip", "10.0.0.0/8"]})", order_facts()), Yes);
  EXPECT_EQ(truth(R"({"cidr": ["context.ip", ["2001:db8::/32", "10.1.2.0/24"]]})", order_facts()),
            Yes);
  EXPECT_EQ(truth(R"({"cidr": ["context.ip", ["192.168.0.0/16", "::/0"]]})", order_facts()), No);
}

TEST(Condition, ReadsTheClock) {
  Facts facts;
  facts.at(std::chrono::hours(23));  // On a Thursday.
  EXPECT_EQ(truth(R"({"between_time": {"from": "22:00", "to": "06:00"}})", facts), Yes);
  EXPECT_EQ(truth(R"({"between_time": {"from": "08:00", "to": "18:00"}})", facts), No);
  EXPECT_EQ(truth(R"({"weekday": {"days": ["thu"]}})", facts), Yes);
  EXPECT_EQ(truth(R"({"weekday": {"days": ["thu"], "offset": "+01:00"}})", facts), No);
  EXPECT_EQ(truth(R"({"weekday": {"days": ["sat", "fri"], "offset": "+01:00"}})", facts), Yes);
}

}  // namespace
}  // namespace portico::rbac
