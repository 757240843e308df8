// SPDX-License-Identifier: Apache-2.0
// What is refused, and where the fault is said to be.
#include "tests/condition/facts.h"

#include <utility>

namespace portico::rbac {
namespace {

using test::fault_at;

constexpr const char* Leaf = R"({"exists": "resource.a"})";

std::string nested(std::size_t depth) {
  std::string json = Leaf;
  for (std::size_t i = 1; i < depth; ++i) json.insert(0, R"({"and": [)").append("]}");
  return json;
}

std::string list_of(std::size_t size, const std::string& element) {
  std::string list = "[";
  for (std::size_t i = 0; i < size; ++i) list += (i == 0 ? "" : ",") + element;
  return list + ']';
}

TEST(ConditionParse, PointsAtTheFault) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [json, where] : {
           Row{R"([])", ""},
           Row{R"("subject.id")", ""},
           Row{R"({})", ""},
           Row{R"(null)", ""},
           Row{R"({"exists": "resource.a", "owner": "resource.a"})", ""},
           Row{R"({"equals": ["resource.a", 1]})", "/equals"},
           Row{R"({"a/b~c": 1})", "/a~1b~0c"},
           Row{R"({"and": []})", "/and"},
           Row{R"({"or": {"exists": "resource.a"}})", "/or"},
           Row{R"({"not": [{"exists": "resource.a"}]})", "/not"},
           Row{R"({"and": [{"exists": "resource.a"}, {"or": [{"exists": "a"}]}]})",
               "/and/1/or/0/exists"},
           Row{R"({"not": {"eq": ["resource.a", null]}})", "/not/eq/1"},
           Row{R"({"eq": ["resource.a"]})", "/eq"},
           Row{R"({"eq": ["resource.a", 1, 2]})", "/eq"},
           Row{R"({"eq": [1, "resource.a"]})", "/eq/0"},
           Row{R"({"eq": ["a", 1]})", "/eq/0"},
           Row{R"({"eq": ["resource.a", [1]]})", "/eq/1"},
           Row{R"({"eq": ["resource.a", {"value": null}]})", "/eq/1"},
           Row{R"({"eq": ["resource.a", {"value": {"value": 1}}]})", "/eq/1"},
           Row{R"({"eq": ["resource.a", {"value": 1, "more": 2}]})", "/eq/1"},
           Row{R"({"eq": ["resource.a", {"text": "a"}]})", "/eq/1"},
           Row{R"({"lt": ["resource.a", true]})", "/lt/1"},
           Row{R"({"in": ["resource.a", []]})", "/in/1"},
           Row{R"({"in": ["resource.a", "a"]})", "/in/1"},
           Row{R"({"in": ["resource.a", ["a", "subject.id"]]})", "/in/1/1"},
           Row{R"({"in": ["resource.a", ["a", null]]})", "/in/1/1"},
           Row{R"({"prefix": ["resource.a", 1]})", "/prefix/1"},
           Row{R"({"prefix": ["resource.a", ""]})", "/prefix/1"},
           Row{R"({"exists": ["resource.a"]})", "/exists"},
           Row{R"({"owner": "me"})", "/owner"},
           Row{R"({"cidr": ["context.ip", "10.0.0.1/8"]})", "/cidr/1"},
           Row{R"({"cidr": ["context.ip", []]})", "/cidr/1"},
           Row{R"({"cidr": ["context.ip", ["10.0.0.0/8", 4]]})", "/cidr/1/1"},
           Row{R"({"between_time": ["22:00", "06:00"]})", "/between_time"},
           Row{R"({"between_time": {"from": "22:00"}})", "/between_time"},
           Row{R"({"between_time": {"from": "22:00", "to": "22:00"}})", "/between_time"},
           Row{R"({"between_time": {"from": "22:00", "to": "24:00"}})", "/between_time/to"},
           Row{R"({"between_time": {"from": 22, "to": "06:00"}})", "/between_time/from"},
           Row{R"({"between_time": {"from": "22:00", "to": "06:00", "zone": "UTC"}})",
               "/between_time/zone"},
           Row{R"({"between_time": {"from": "22:00", "to": "06:00", "offset": "CET"}})",
               "/between_time/offset"},
           Row{R"({"weekday": ["mon"]})", "/weekday"},
           Row{R"({"weekday": {"offset": "Z"}})", "/weekday"},
           Row{R"({"weekday": {"days": []}})", "/weekday/days"},
           Row{R"({"weekday": {"days": ["mon", "mon"]}})", "/weekday/days/1"},
           Row{R"({"weekday": {"days": ["mon", "Tue"]}})", "/weekday/days/1"},
           Row{R"({"weekday": {"days": ["mon"], "day": "mon"}})", "/weekday/day"},
       }) {
    EXPECT_EQ(fault_at(json), where) << json;
  }
}

TEST(ConditionParse, RefusesWhatTwoReadersCouldTakeInTwoWays) {
  EXPECT_EQ(fault_at(R"({"exists": "resource.a", "exists": "resource.b"})"), "/exists");
  EXPECT_EQ(fault_at(R"({"and": [{"weekday": {"days": ["mon"], "days": ["tue"]}}]})"),
            "/and/0/weekday/days");
  EXPECT_EQ(fault_at(R"({"eq": ["resource.a", "a\u0000b"]})"), "/eq/1");
  EXPECT_EQ(fault_at(R"({"e\u0000q": ["resource.a", 1]})"), std::string("/e\0q", 4));
  EXPECT_EQ(fault_at(R"({"eq": ["resource.a", "\udc00"]})"), "/eq/1");
  for (const std::string_view json :
       {R"({"eq": ["resource.a", "\ud800"]})", "{\"eq\": [\"resource.a\", \"\xFF\"]}",
        "{\"eq\": [\"resource.a\", \"\xC0\xAF\"]}", "{\"eq\": [\"resource.a\", \"\xED\xA0\x80\"]}",
        "{\"eq\": [\"resource.a\", \"\n\"]}", R"({"exists": "resource.a"} x)",
        R"({"exists": "resource.a"}{})", "\xEF\xBB\xBF{\"exists\": \"resource.a\"}", "",
        R"({"exists": "resource.a",})", R"({'exists': "resource.a"})",
        R"({"eq": ["resource.a", NaN]})", R"({"eq": ["resource.a", 01]})",
        R"({"eq": ["resource.a", .5]})", R"({"eq": ["resource.a", Infinity]})",
        R"({"exists": "resource.a"} // so)"}) {
    EXPECT_EQ(fault_at(json), "") << json;
  }
  EXPECT_EQ(fault_at(std::string(Leaf) + '\0'), "");
}

TEST(ConditionParse, TakesNumbersThatItCanHold) {
  for (const char* const number : {"9223372036854775807", "-9223372036854775808", "0", "-0", "-0.0",
                                   "1.5", "1e308", "-1.7976931348623157e308", "5e-324"}) {
    EXPECT_EQ(fault_at(std::string(R"({"eq": ["resource.a", )") + number + "]}"), "no fault")
        << number;
  }
  for (const char* const number : {"9223372036854775808", "-9223372036854775809",
                                   "18446744073709551616", "1e309", "-1e400", "1e-400"}) {
    EXPECT_NE(fault_at(std::string(R"({"eq": ["resource.a", )") + number + "]}"), "no fault")
        << number;
  }
}

TEST(ConditionParse, TakesAttributesOfItsGrammar) {
  const std::string name(64, 'a');
  for (const std::string& path : {std::string("subject.id"), std::string("resource.a.b.c.d"),
                                  std::string("context.A-b_9"), "resource." + name}) {
    EXPECT_EQ(fault_at(R"({"exists": ")" + path + "\"}"), "no fault") << path;
  }
  for (const std::string& path :
       {std::string("subject"), std::string("subject."), std::string("subject..id"),
        std::string("subject.id."), std::string("Subject.id"), std::string("resource.a.b.c.d.e"),
        std::string("context.a b"), std::string("context.\xC3\xA9"), std::string("user.id"),
        "resource." + name + 'a'}) {
    EXPECT_EQ(fault_at(R"({"exists": ")" + path + "\"}"), "/exists") << path;
  }
  EXPECT_EQ(fault_at(R"({"eq": ["resource.a", "subject. is missing"]})"), "/eq/1");
  EXPECT_EQ(fault_at(R"({"eq": ["resource.a", "subject is missing"]})"), "no fault");
}

TEST(ConditionParse, BoundsItsSize) {
  EXPECT_EQ(fault_at(nested(8)), "no fault");
  EXPECT_EQ(fault_at(nested(9)), "/and/0/and/0/and/0/and/0/and/0/and/0/and/0/and/0");
  EXPECT_EQ(fault_at(R"({"and": )" + list_of(31, Leaf) + '}'), "no fault");
  EXPECT_EQ(fault_at(R"({"and": )" + list_of(32, Leaf) + '}'), "/and/31");
  EXPECT_EQ(fault_at(R"({"in": ["resource.a", )" + list_of(100, "1") + "]}"), "no fault");
  EXPECT_EQ(fault_at(R"({"in": ["resource.a", )" + list_of(101, "1") + "]}"), "/in/1");
  EXPECT_EQ(fault_at(R"({"cidr": ["resource.a", )" + list_of(101, R"("::/0")") + "]}"), "/cidr/1");
  const std::string rest(16 * 1024 - std::string_view(Leaf).size(), ' ');
  EXPECT_EQ(fault_at(Leaf + rest), "no fault");
  EXPECT_EQ(fault_at(Leaf + rest + ' '), "");
}

TEST(ConditionParse, NestsAsDeepAsTheDeepestLeafNeeds) {
  std::string json = R"({"in": ["resource.a", [{"value": "subject.a"}]]})";
  for (int i = 0; i < 7; ++i) json.insert(0, R"({"or": [)").append("]}");
  EXPECT_EQ(fault_at(json), "no fault");
}

TEST(ConditionParse, BoundsItsCanonicalText) {
  std::string leaf = R"({"in": ["resource.a", )" + list_of(100, "1e4") + "]}";
  EXPECT_EQ(fault_at(R"({"and": )" + list_of(15, leaf) + '}'), "no fault");
  const std::string longer = R"({"and": )" + list_of(31, leaf) + '}';
  ASSERT_LT(longer.size(), 16U * 1024);
  EXPECT_EQ(fault_at(longer), "");
}

}  // namespace
}  // namespace portico::rbac
