// SPDX-License-Identifier: Apache-2.0
// The sample through the real chain; its tunnels are tested through the real program.
// clang-format off
#include <gtest/gtest.h>

#include "ticket.cpp"

#include <portico/testing.h>
// clang-format on

namespace {

using portico::testing::Fields;
using portico::testing::Forwarded;
using portico::testing::Gateway;

class TicketTest : public ::testing::Test {
 protected:
  TicketTest() {
    gateway_.load<Ticket>()
        .route("{match: {path: /in}, use: [ticket], test_upstream: {}}")
        .upstream([this](const Forwarded& forwarded) {
          got_ = forwarded;
          return Response();
        });
  }

  Gateway gateway_;
  Forwarded got_;
};

TEST_F(TicketTest, TellsTheUpstreamWhoShowsOne) {
  const std::string ticket = gateway_.request("POST", "/ticket/sell/ada").body;
  EXPECT_EQ(gateway_.get("/in", {{"X-Ticket", ticket}, {"X-User-Id", "root"}}).status, Status::Ok);
  EXPECT_EQ(got_.headers, (Fields{{"X-User-Id", "ada"}}));
}

TEST_F(TicketTest, RefusesWhoShowsNone) {
  EXPECT_EQ(gateway_.get("/in").status, Status::Unauthorized);
  EXPECT_EQ(gateway_.get("/in", {{"X-Ticket", "forged"}}).status, Status::Unauthorized);
}

TEST_F(TicketTest, LetsNobodyForgeAUserWhereItIsNotUsed) {
  gateway_.get("/elsewhere", {{"X_User_Id", "root"}});
  EXPECT_EQ(got_.headers, Fields());
}

TEST_F(TicketTest, SaysWhenItsThreadsAreBusy) {
  gateway_.workers(Gateway::Pool::Full);
  const auto busy = gateway_.request("POST", "/ticket/sell/ada");
  EXPECT_EQ(busy.status, Status::ServiceUnavailable);
  EXPECT_EQ(busy.header("Retry-After"), "1");
}

}  // namespace
