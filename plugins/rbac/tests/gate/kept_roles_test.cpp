// SPDX-License-Identifier: Apache-2.0
// The middleware on roles that a database keeps: what this node does with a change, who made it or
// not, and without a word from the database.
#include "gate/other_node.h"
#include "rbac.h"
#include <portico/testing.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

using namespace std::chrono_literals;
using portico::testing::Gateway;
using test::OtherNode;

struct Node {
  explicit Node(std::string_view more = "") {
    gateway.redis("shared").sql("main").load<OtherNode>();
    gateway.load<RbacPlugin>(
        "{database: main, redis: shared, roles: {clerk: {permissions: [\"orders:read\"]}}" +
        std::string(more) + "}");
    gateway.route(
        "{match: {path: /orders}, use: [{test_user: ada}, {rbac: \"orders:read\"}], respond: ok}");
    gateway.route(
        "{match: {path: \"/of/{tenant}\"}, use: [{test_user: ada}, {rbac: {require: "
        "\"orders:read\", scope: \"{path.tenant}\"}}], respond: ok}");
    gateway.route(
        "{match: {path: /asks}, use: [{test_user: ada}, {rbac: {role: clerk}}], respond: ok}");
    gateway.start();
  }

  [[nodiscard]] int orders(std::string_view path = "/orders") {
    return static_cast<int>(gateway.get(path).status);
  }
  [[nodiscard]] OtherNode& other() { return *gateway.find<OtherNode>(OtherNode::ServiceName); }

  Gateway gateway;
};

TEST(KeptRoles, AreLookedUpForWhomNobodyHasAskedAboutYet) {
  Node node;
  node.other().give();
  EXPECT_EQ(node.orders(), 200);
  EXPECT_EQ(node.orders("/asks"), 200);
}

TEST(Attack119, RolesCountNoLongerWithinAPollWhereAnotherNodeTookThem) {
  Node node;
  EXPECT_EQ(node.orders(), 403);
  node.other().give();
  EXPECT_EQ(node.orders(), 403);
  node.gateway.advance(5s);
  EXPECT_EQ(node.orders(), 200);
  node.other().take();
  node.gateway.advance(5s);
  EXPECT_EQ(node.orders(), 403);
  EXPECT_EQ(node.gateway.observed("rbac_propagation_seconds"), 2U);
}

TEST(Attack119, RolesCountNoLongerAtOnceWhereAnotherNodeSaysSo) {
  Node node;
  node.other().give();
  EXPECT_EQ(node.orders(), 200);
  node.other().take();
  EXPECT_EQ(node.orders(), 200);
  EXPECT_EQ(node.gateway.redis_message(News::Channel, "user ada"), 1U);
  EXPECT_EQ(node.orders(), 403);
}

TEST(KeptRoles, ReadTheBookAnewAMomentAfterAnotherNodeSaysSo) {
  Node node;
  node.other().give();
  EXPECT_EQ(node.orders(), 200);
  node.other().remove_role();
  EXPECT_EQ(node.orders(), 200);
  node.gateway.redis_message(News::Channel, "roles");
  node.gateway.advance(News::Pace);
  EXPECT_EQ(node.orders(), 403);
}

TEST(KeptRoles, BearWhateverSomebodyElseSaysOnTheirChannel) {
  Node node;
  for (const std::string_view message : {"", "user ", "user", "nonsense", "roles roles"}) {
    node.gateway.redis_message(News::Channel, message);
  }
  node.gateway.advance(1s);
  EXPECT_EQ(node.orders(), 403);
}

TEST(KeptRoles, CountInTheirScopeAlone) {
  Node node;
  node.other().give([](Assignment& assignment) { assignment.scope = "north"; });
  EXPECT_EQ(node.orders("/of/north"), 200);
  EXPECT_EQ(node.orders("/of/south"), 403);
  EXPECT_EQ(node.orders(), 403);
}

TEST(KeptRoles, AreNotThoseOfAnotherIssuersUserWithTheSameId) {
  Node node(", users_of: \"https://id.example.com\"");
  node.other().give();
  EXPECT_EQ(node.orders(), 403);
}

TEST(Attack116, RefusesWhatHasEndedOrNotBegunYet) {
  Node node;
  const Time now = node.other().now();
  node.other().give([&](Assignment& assignment) {
    assignment.not_before = now + 10s;
    assignment.expires = now + 20s;
  });
  EXPECT_EQ(node.orders(), 403);
  node.gateway.advance(10s - 1us);
  EXPECT_EQ(node.orders(), 403);
  node.gateway.advance(1us);
  EXPECT_EQ(node.orders(), 200);
  EXPECT_EQ(node.orders("/asks"), 200);
  node.gateway.advance(10s - 1us);
  EXPECT_EQ(node.orders(), 200);
  node.gateway.advance(1us);
  EXPECT_EQ(node.orders(), 403);
  EXPECT_EQ(node.orders("/asks"), 403);
}

TEST(KeptRoles, AnswerUnavailableWithoutAWordFromTheDatabase) {
  Node node(", staleness: 6s");
  node.other().give();
  EXPECT_EQ(node.orders(), 200);
  node.other().sql().write([](Transaction& db) {
    db.change({"test.break", "ALTER TABLE rbac_state RENAME TO rbac_state_away"});
  });
  node.gateway.advance(6s);
  EXPECT_EQ(node.orders(), 200);
  node.gateway.advance(6s);
  const auto reply = node.gateway.get("/orders");
  EXPECT_EQ(reply.status, Status::ServiceUnavailable);
  EXPECT_EQ(reply.header("Retry-After"), "1");
}

TEST(KeptRoles, NeedTheDefaultRole) {
  Gateway gateway;
  gateway.sql("main").load<RbacPlugin>("{database: main, default_role: member}");
  EXPECT_THROW(gateway.start(), std::runtime_error);
}

}  // namespace
}  // namespace portico::rbac
