// SPDX-License-Identifier: Apache-2.0
// Attacks on conditions, by their numbers in the list of cases that must be refused. An allow
// counts where the condition is Yes, a deny where it is not No: so what is unknown opens nothing.
#include "tests/condition/facts.h"

#include <cmath>

namespace portico::rbac {
namespace {

using test::Facts;
using test::truth;

TEST(Attack118, AMissingAttributeOpensNothing) {
  for (const char* const json :
       {R"({"eq": ["subject.claims.department", "sales"]})",
        R"({"ne": ["subject.claims.department", "sales"]})",
        R"({"not": {"eq": ["subject.claims.department", "sales"]}})",
        R"({"not": {"in": ["subject.claims.department", ["hr"]]}})",
        R"({"eq": ["subject.claims.department", "subject.claims.department"]})",
        R"({"not": {"cidr": ["context.ip", "10.0.0.0/8"]}})", R"({"owner": "resource.owner"})",
        R"({"not": {"owner": "resource.owner"}})"}) {
    EXPECT_EQ(truth(json), Truth::Unknown) << json;
  }
}

TEST(Attack118, AKindThatDoesNotFitOpensNothing) {
  const Facts facts{{"resource.amount", "5"}, {"resource.open", "true"}, {"context.ip", "10.1"}};
  for (const char* const json :
       {R"({"lt": ["resource.amount", 100]})", R"({"ne": ["resource.amount", 100]})",
        R"({"not": {"gt": ["resource.amount", 100]}})", R"({"eq": ["resource.open", true]})",
        R"({"not": {"eq": ["resource.open", false]}})",
        R"({"not": {"cidr": ["context.ip", "192.168.0.0/16"]}})"}) {
    EXPECT_EQ(truth(json, facts), Truth::Unknown) << json;
  }
}

TEST(Attack118, WhatIsNoNumberOpensNothing) {
  const Facts facts{{"resource.amount", std::nan("")}};
  for (const char* const name : {"eq", "ne", "lt", "lte", "gt", "gte"}) {
    const std::string json = std::string("{\"") + name + R"(": ["resource.amount", 1]})";
    EXPECT_EQ(truth(json, facts), Truth::Unknown) << json;
    EXPECT_EQ(truth(R"({"not": )" + json + '}', facts), Truth::Unknown) << json;
  }
  EXPECT_EQ(test::fault_at(R"({"eq": ["resource.amount", NaN]})"), "");
}

TEST(Attack118, AHugeListIsRefused) {
  std::string json = R"({"in": ["resource.a", [0)";
  for (int i = 1; i <= 100; ++i) json += ',' + std::to_string(i);
  EXPECT_EQ(test::fault_at(json + "]]}"), "/in/1");
  EXPECT_EQ(test::fault_at(R"({"in": ["resource.a", [)" + std::string(100'000, '[')), "");
}

}  // namespace
}  // namespace portico::rbac
