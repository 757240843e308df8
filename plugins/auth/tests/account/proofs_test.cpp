// SPDX-License-Identifier: Apache-2.0
// Proofs of who is logged in, many at the same moment.
#include "account/desk.h"

namespace portico::auth::test {
namespace {

using throttle::InFlight;
using throttle::Known;

class Proofs : public AtTheDesk {
 protected:
  Reply prove(std::string_view password) {
    return gateway.request("POST", "/desk/proof", {{"Content-Type", "application/json"}},
                           R"({"password":")" + std::string(password) + "\"}");
  }
  static InFlight::Place hold(std::optional<Known> known) {
    const throttle::LoginTry keys(parts().secrets.throttle, Desk::Email, "192.0.2.1", known);
    auto place = parts().in_flight.enter(keys, InFlight::Most);
    EXPECT_TRUE(place);
    return *std::move(place);
  }

  static constexpr Known Session{Known::By::Session, Desk::Session};
};

TEST_F(Proofs, AreRefusedAsTheSixthOfASessionAtOnce) {
  std::vector<InFlight::Place> held;
  for (int i = 0; i < InFlight::Most; ++i) held.push_back(hold(Session));
  for (const std::string_view password : {Password, std::string_view("wrong password")}) {
    const Reply sixth = prove(password);
    EXPECT_EQ(sixth.status, Status::TooManyRequests);
    EXPECT_EQ(sixth.header("Retry-After"), "1");
  }
  held.pop_back();
  EXPECT_EQ(prove(Password).status, Status::Ok);
}

TEST_F(Proofs, LeaveTheirPlacesWhateverComesOfThem) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(prove("wrong password").status, Status::Unauthorized);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(prove(Password).status, Status::Ok) << i;
}

TEST_F(Proofs, WaitForNoGuessesOfStrangersInTheSameNetwork) {
  std::vector<InFlight::Place> held;
  for (int i = 0; i < InFlight::Most; ++i) held.push_back(hold(std::nullopt));
  EXPECT_EQ(prove(Password).status, Status::Ok);
}

}  // namespace
}  // namespace portico::auth::test
