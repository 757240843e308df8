// SPDX-License-Identifier: Apache-2.0
// What a poll of the database makes of what is known already.
#include "account/revoking.h"

#include "account/desk.h"

namespace portico::auth::test {
namespace {

using std::chrono::seconds;

class Revoking : public AtTheDesk {
 protected:
  /// As another node does.
  void end_session() {
    const Time now = desk().host().unix_time();
    parts().sql.write([&](Transaction& db) {
      EXPECT_TRUE(sessions::revoke(db, Desk::Ada, Desk::Session, "elsewhere", now));
      users::invalidate_tokens(db, Desk::Ada, now);
    });
  }
  static void poll() { learn_revocations(parts(), Time(0)); }
  static std::uint64_t epoch() { return parts().revocations.epoch(); }
  static bool denied(std::string_view session, Time issued) {
    return parts().revocations.state()->denies(session, Desk::Ada, issued);
  }
};

TEST_F(Revoking, IsLearnedByOnePollAndNotAgainByTheNext) {
  end_session();
  poll();
  const std::uint64_t learned = epoch();
  EXPECT_TRUE(denied(Desk::Session, desk().host().unix_time()));
  EXPECT_TRUE(denied("another", Time(1)));
  for (int i = 0; i < 20; ++i) {
    gateway.advance(seconds(5));
    poll();
  }
  EXPECT_EQ(epoch(), learned);
}

TEST_F(Revoking, IsNothingNewToWhoEndedTheSession) {
  end_session();
  gateway.advance(seconds(1));
  const std::string session(Desk::Session);
  revoke_now(parts(), {&session, 1});
  revoke_user_now(parts(), Desk::Ada);
  const std::uint64_t known = epoch();
  gateway.advance(seconds(5));
  poll();
  EXPECT_EQ(epoch(), known);
}

TEST_F(Revoking, IsNothingWhereAUserChangedWhoseTokensAllCount) {
  const std::uint64_t before = epoch();
  poll();
  EXPECT_EQ(epoch(), before);
}

}  // namespace
}  // namespace portico::auth::test
