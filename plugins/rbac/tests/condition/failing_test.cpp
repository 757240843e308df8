// SPDX-License-Identifier: Apache-2.0
#include "tests/condition/facts.h"

#include <utility>

namespace portico::rbac {
namespace {

using test::Facts;
using test::parsed;

const Facts& facts() {
  static const Facts all{{"subject.id", "ada"},
                         {"resource.owner", "bob"},
                         {"resource.amount", std::int64_t{50}},
                         {"resource.state", "closed"},
                         {"context.ip", "192.0.2.1"}};
  return all;
}

TEST(ConditionFailing, NamesThePartThatDecided) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [json, text] : {
           Row{R"({"exists": "resource.state"})", ""},
           Row{R"({"gt": ["resource.amount", 100]})",
               R"({"gt":["resource.amount",100]} does not hold: resource.amount is 50.)"},
           Row{R"({"gt": ["resource.amount", "100"]})",
               R"({"gt":["resource.amount","100"]} is unknown: resource.amount is 50.)"},
           Row{R"({"eq": ["resource.none", 1]})",
               R"({"eq":["resource.none",1]} is unknown: resource.none is missing.)"},
           Row{R"({"owner": "resource.owner"})",
               R"({"owner":"resource.owner"} does not hold: resource.owner is "bob" and )"
               R"(subject.id is "ada".)"},
           Row{R"({"and": [{"exists": "resource.state"}, {"eq": ["resource.none", 1]}, )"
               R"({"not": {"and": [{"exists": "resource.state"}]}}]})",
               R"({"not":{"and":[{"exists":"resource.state"}]}} does not hold: )"
               R"(what it denies holds.)"},
           Row{R"({"not": {"and": [{"eq": ["resource.none", 1]}]}})",
               R"({"eq":["resource.none",1]} is unknown: resource.none is missing.)"},
           Row{R"({"and": [{"cidr": ["context.ip", "10.0.0.0/8"]}]})",
               R"({"cidr":["context.ip","10.0.0.0/8"]} does not hold: context.ip is "192.0.2.1".)"},
       }) {
    EXPECT_EQ(parsed(json).failing(facts()), text);
  }
}

TEST(ConditionFailing, NamesEveryPartOfAnOr) {
  EXPECT_EQ(parsed(R"({"or": [{"eq": ["resource.state", "open"]}, {"owner": "resource.none"}]})")
                .failing(facts()),
            R"({"eq":["resource.state","open"]} does not hold: resource.state is "closed".; )"
            R"({"owner":"resource.none"} is unknown: resource.none is missing and )"
            R"(subject.id is "ada".)");
}

TEST(ConditionFailing, TellsTheTimeOfThePlace) {
  Facts noon;
  noon.at(std::chrono::hours(12));
  EXPECT_EQ(parsed(R"({"weekday": {"days": ["sat"], "offset": "+13:00"}})").failing(noon),
            R"({"weekday":{"days":["sat"],"offset":"+13:00"}} does not hold: context.time is )"
            R"(fri 01:00 +13:00.)");
}

TEST(ConditionFailing, CutsALongTextBetweenCharacters) {
  const Facts long_name{{"resource.name", std::string(63, 'x') + "\xC3\xA9\xC3\xA9"}};
  EXPECT_EQ(parsed(R"({"eq": ["resource.name", "y"]})").failing(long_name),
            R"({"eq":["resource.name","y"]} does not hold: resource.name begins with ")" +
                std::string(63, 'x') + "\".");
}

}  // namespace
}  // namespace portico::rbac
