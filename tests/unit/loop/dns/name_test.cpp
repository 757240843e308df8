// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/name.h"

#include <gtest/gtest.h>

namespace portico::loop::dns {
namespace {

using Names = std::vector<std::string>;

TEST(DnsName, TakesWhatHostsAndServicesAreCalled) {
  for (const auto* name : {"a", "localhost", "API.example.com", "a-b.c_d.test", "example.com.",
                           "_http._tcp.example.com", "1and1.test", "xn--bcher-kva.example"}) {
    EXPECT_TRUE(is_name(name)) << name;
  }
  const std::string label(63, 'x');
  EXPECT_TRUE(is_name(label + "." + label + "." + label + "." + std::string(61, 'x')));
}

TEST(DnsName, RefusesWhatNoServerShouldBeAsked) {
  for (const auto* name :
       {"", ".", "a..b", ".a", "a b", "-a.test", "a-.test", "a/b", "b\xc3\xbc.test", "a.test..",
        "*.test", "a\\.b", "a\"b", "[::1]", "fd00::1"}) {
    EXPECT_FALSE(is_name(name)) << name;
  }
  EXPECT_FALSE(is_name(std::string_view("a\0b", 3)));
  const std::string label(63, 'x');
  EXPECT_FALSE(is_name(label + "x"));
  EXPECT_FALSE(is_name(label + "." + label + "." + label + "." + std::string(62, 'x')));
}

TEST(DnsName, TakesNoNumberForAName) {
  EXPECT_FALSE(is_name("127.0.0.1"));
  EXPECT_FALSE(is_name("256.1.1.1"));
  EXPECT_FALSE(is_name("example.7"));
  EXPECT_TRUE(is_name("7.example"));
}

TEST(DnsName, TriesSearchDomainsFirstForANameWithFewDots) {
  const Search search{.domains = {"x.test", "y.test"}, .dots = 2};
  EXPECT_EQ(names_to_try("db", search), (Names{"db.x.test", "db.y.test", "db"}));
  EXPECT_EQ(names_to_try("db.a", search), (Names{"db.a.x.test", "db.a.y.test", "db.a"}));
  EXPECT_EQ(names_to_try("db.a.b", search), (Names{"db.a.b", "db.a.b.x.test", "db.a.b.y.test"}));
}

TEST(DnsName, TriesACompleteNameAlone) {
  EXPECT_EQ(names_to_try("db.", {.domains = {"x.test"}, .dots = 5}), Names{"db."});
}

TEST(DnsName, LeavesOutDomainsThatMakeANameTooLong) {
  const std::string label(60, 'x');
  const std::string longest = label + "." + label + "." + label + "." + label;
  EXPECT_EQ(names_to_try(longest, {.domains = {"far-too-long.test"}}), Names{longest});
}

}  // namespace
}  // namespace portico::loop::dns
