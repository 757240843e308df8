// SPDX-License-Identifier: Apache-2.0
#include "gate/other_node.h"
#include "rbac.h"
#include "store/decisions.h"
#include <portico/testing.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

using namespace std::chrono_literals;
using test::OtherNode;

struct Node {
  explicit Node(std::string_view share) {
    gateway.sql("main").load<OtherNode>();
    gateway.load<RbacPlugin>(
        "{database: main, roles: {clerk: {permissions: [\"orders:read\"]}}, decisions: {allowed: " +
        std::string(share) + "}}");
    for (const std::string user : {"ada", "eve"}) {
      gateway.route("{match: {path: /" + user + "}, use: [{test_user: " + user +
                    "}, {rbac: \"orders:read\"}], respond: ok}");
    }
    gateway.route(
        "{match: {path: /of}, use: [{test_user: eve}, {rbac: {require: \"orders:read\", scope: "
        "\"{query.tenant}\"}}], respond: ok}");
    gateway.start();
    gateway.find<OtherNode>(OtherNode::ServiceName)->give();
  }
  std::vector<LoggedDecision> logged() {
    gateway.advance(1s);
    return gateway.find<OtherNode>(OtherNode::ServiceName)->sql().read([](Reader& db) {
      return decisions::page(db, {.limit = 1000});
    });
  }

  portico::testing::Gateway gateway;
};

TEST(DecisionLog, KeepsEveryRefusalByTheIdThatTheCallerGot) {
  Node node("0");
  const auto reply = node.gateway.get("/eve");
  const auto logged = node.logged();
  ASSERT_EQ(logged.size(), 1U);
  EXPECT_EQ(logged[0].user, "eve");
  EXPECT_EQ(logged[0].permission, "orders:read");
  EXPECT_EQ(logged[0].reason, "no_assignment");
  EXPECT_FALSE(logged[0].allowed);
  EXPECT_NE(reply.body.find(logged[0].id), std::string::npos) << reply.body;
}

// One that no database takes would take all others of its second with it.
TEST(DecisionLog, KeepsWhatComesWithTextThatNoDatabaseTakes) {
  Node node("0");
  for (const std::string_view target : {"/of?tenant=north", "/of?tenant=%00", "/of?tenant=%ff"}) {
    EXPECT_EQ(node.gateway.get(target).status, Status::Forbidden);
  }
  const auto logged = node.logged();
  ASSERT_EQ(logged.size(), 3U);
  EXPECT_EQ(logged[2].scope, "north");
  EXPECT_EQ(logged[1].scope, "?");
  EXPECT_EQ(logged[0].scope, "?");
}

TEST(DecisionLog, KeepsTheShareOfWhatWasAllowedThatTheFileAsksFor) {
  Node none("0");
  Node all("1");
  Node half("0.5");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(none.gateway.get("/ada").status, Status::Ok);
    EXPECT_EQ(all.gateway.get("/ada").status, Status::Ok);
  }
  for (int i = 0; i < 10; ++i) static_cast<void>(half.gateway.get("/ada"));
  EXPECT_EQ(none.logged().size(), 0U);
  EXPECT_EQ(all.logged().size(), 10U);
  EXPECT_EQ(half.logged().size(), 5U);
}

TEST(DecisionLog, KeepsNoMoreOfOneCallerThanLeavesRoomForOthers) {
  Node node("0");
  for (int i = 0; i < 100; ++i) static_cast<void>(node.gateway.get("/eve"));
  EXPECT_EQ(node.logged().size(), 20U);
  EXPECT_EQ(node.gateway.counter("rbac_decisions_dropped_total"), 80U);
  static_cast<void>(node.gateway.get("/eve"));
  EXPECT_EQ(node.logged().size(), 21U);
}

}  // namespace
}  // namespace portico::rbac
