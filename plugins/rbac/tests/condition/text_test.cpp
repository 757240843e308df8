// SPDX-License-Identifier: Apache-2.0
#include "tests/condition/facts.h"

#include <utility>

namespace portico::rbac {
namespace {

using test::parsed;

TEST(ConditionText, IsCanonical) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [json, text] : {
           Row{R"( { "eq" : [ "resource.a" , "b" ] } )", R"({"eq":["resource.a","b"]})"},
           Row{R"({"eq": ["resource.a", {"value": "b"}]})", R"({"eq":["resource.a","b"]})"},
           Row{R"({"eq": ["resource.a", {"value": "context.b"}]})",
               R"({"eq":["resource.a",{"value":"context.b"}]})"},
           Row{R"({"eq": ["resource.a", "\u00e9\/\u0041"]})",
               "{\"eq\":[\"resource.a\",\"\xC3\xA9/A\"]}"},
           Row{R"({"in": ["resource.a", [1, -0, 1.0, 1E2, 0.10, 1e+300, true]]})",
               R"({"in":["resource.a",[1,0,1.0,100.0,0.1,1e+300,true]]})"},
           Row{R"({"cidr": ["context.ip", ["::ffff:10.0.0.0/104"]]})",
               R"({"cidr":["context.ip","10.0.0.0/8"]})"},
           Row{R"({"cidr": ["context.ip", ["2001:DB8:0::/32", "::/0"]]})",
               R"({"cidr":["context.ip",["2001:db8::/32","::/0"]]})"},
           Row{R"({"between_time": {"offset": "-00:00", "to": "06:00", "from": "22:00"}})",
               R"({"between_time":{"from":"22:00","to":"06:00"}})"},
           Row{R"({"weekday": {"offset": "+05:45", "days": ["sun", "mon"]}})",
               R"({"weekday":{"days":["mon","sun"],"offset":"+05:45"}})"},
           Row{R"({"and": [{"not": {"exists": "resource.a"}}, {"owner": "resource.b"}]})",
               R"({"and":[{"not":{"exists":"resource.a"}},{"owner":"resource.b"}]})"},
       }) {
    EXPECT_EQ(parsed(json).text(), text);
    EXPECT_EQ(parsed(parsed(json).text()), parsed(json)) << json;
  }
}

}  // namespace
}  // namespace portico::rbac
