// SPDX-License-Identifier: Apache-2.0
// identity.md, cases 76 to 82 and 91.
#include "session/rotation.h"

#include "store/tables.h"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace portico::auth::test {
namespace {

using Kind = Rotation::Kind;

class Rotations : public Tables {
 public:
  Rotation rotate(const RefreshToken& token, Time at) {
    return write([&](Transaction& db) { return sessions::rotate(db, token, 1, at, limits); });
  }
  Rotation rotate(std::uint64_t counter, Time at) {
    return rotate({*uuid::parse(made), counter, 1}, at);
  }

  const std::string ada = add_user();
  const std::string made = open_session(ada, now);
};
INSTANTIATE_TEST_SUITE_P(On, Rotations, BothEngines, engine_name);

TEST_P(Rotations, GiveTheSuccessorAndPutOffTheIdleEnd) {
  const Rotation rotation = rotate(0, now + 1h);
  EXPECT_EQ(rotation.kind, Kind::Rotated);
  EXPECT_EQ(rotation.session->user_id, ada);
  EXPECT_EQ(sessions::successor_of(*rotation.session), (RefreshToken{*uuid::parse(made), 1, 1}));
  EXPECT_EQ(session(made)->idle_expires, now + 1h + limits.idle);
  EXPECT_EQ(session(made)->seen, now + 1h);
  EXPECT_EQ(rotate(1, now + 2h).kind, Kind::Rotated);
}

TEST_P(Rotations, GiveTheSameSuccessorToWhoIsLate) {
  const Rotation first = rotate(0, now);
  const Rotation late = rotate(0, now + limits.grace);
  EXPECT_EQ(late.kind, Kind::Grace);
  EXPECT_EQ(sessions::successor_of(*late.session), sessions::successor_of(*first.session));
  EXPECT_EQ(late.session->rotated, first.session->rotated) << "grace prolongs nothing";
  EXPECT_EQ(session(made)->counter, 1U);
}

TEST_P(Rotations, EndTheSessionWhenATokenComesBackAfterTheGrace) {
  const std::string other = open_session(ada, now);
  rotate(0, now);
  const Rotation reused = rotate(0, now + limits.grace + 1us);
  EXPECT_EQ(reused.kind, Kind::Reused);
  EXPECT_EQ(reused.session->user_id, ada);
  EXPECT_EQ(session(made)->revoke_reason, "reuse");
  EXPECT_TRUE(session(other)->live(now)) << "other families are untouched";
  EXPECT_EQ(rotate(1, now + limits.grace + 2us).kind, Kind::Revoked) << "the owner's, too";
  EXPECT_EQ(rotate(0, now + limits.grace + 3us).kind, Kind::Revoked) << "told of once";
}

TEST_P(Rotations, EndTheSessionWhenAnOlderTokenComesBackWithinTheGrace) {
  rotate(0, now);
  rotate(1, now);
  EXPECT_EQ(rotate(0, now + 1s).kind, Kind::Reused);
}

TEST_P(Rotations, BearAClockThatIsBehind) {
  rotate(0, now);
  EXPECT_EQ(rotate(0, now - 5s).kind, Kind::Grace);
}

TEST_P(Rotations, KnowNothingOfOtherSessionsAndCountersToCome) {
  EXPECT_EQ(rotate(1, now).kind, Kind::Unknown);
  EXPECT_EQ(rotate({bytes<16>(7), 0, 1}, now).kind, Kind::Unknown);
  EXPECT_TRUE(session(made)->live(now));
}

TEST_P(Rotations, AreRefusedAfterTheEnd) {
  EXPECT_EQ(rotate(0, now + limits.idle).kind, Kind::Expired);
  (void)write([&](Transaction& db) { return sessions::revoke_all(db, ada, "logout", now); });
  EXPECT_EQ(rotate(0, now).kind, Kind::Revoked);
}

TEST_P(Rotations, StopAtTheAbsoluteEndHoweverBusyTheClient) {
  std::uint64_t counter = 0;
  for (Time at = now; at < now + limits.absolute; at += 7 * 24h) {
    EXPECT_EQ(rotate(counter++, at).kind, Kind::Rotated);
  }
  EXPECT_EQ(rotate(counter, now + limits.absolute).kind, Kind::Expired);
}

TEST_P(Rotations, TakeUpTheNewestKey) {
  const RefreshToken token{*uuid::parse(made), 0, 1};
  const Rotation rotation =
      write([&](Transaction& db) { return sessions::rotate(db, token, 2, now, limits); });
  EXPECT_EQ(sessions::successor_of(*rotation.session).key, 2);
  EXPECT_EQ(sessions::successor_of(*rotate(token, now).session).key, 2) << "within the grace, too";
}

TEST_P(Rotations, GiveTwentyAtOnceTheSameSuccessor) {
  std::mutex mutex;
  std::vector<Rotation> all;
  parallel(20, [&](std::size_t) {
    Rotation rotation = rotate(0, now);
    const std::lock_guard lock(mutex);
    all.push_back(std::move(rotation));
  });
  EXPECT_EQ(std::ranges::count(all, Kind::Rotated, &Rotation::kind), 1);
  EXPECT_EQ(std::ranges::count(all, Kind::Grace, &Rotation::kind), 19);
  for (const Rotation& each : all) EXPECT_EQ(sessions::successor_of(*each.session).counter, 1U);
  EXPECT_EQ(session(made)->counter, 1U);
}

TEST_P(Rotations, TellOfAReuseOnceHoweverManyCome) {
  rotate(0, now);
  rotate(1, now);
  std::atomic<int> told = 0;
  parallel(20, [&](std::size_t) { told += rotate(0, now + 1min).kind == Kind::Reused; });
  EXPECT_EQ(told, 1);
}

TEST_P(Rotations, LeaveNoSessionBehindAGlobalLogout) {
  std::vector<std::string> open;
  open.reserve(10);
  for (int i = 0; i < 10; ++i) open.push_back(open_session(ada, now));
  parallel(11, [&](std::size_t i) {
    if (i == 10) {
      (void)write([&](Transaction& db) { return sessions::revoke_all(db, ada, "logout", now); });
    } else {
      (void)rotate({*uuid::parse(open[i]), 0, 1}, now);
    }
  });
  EXPECT_TRUE(read([&](Reader& db) { return sessions::list(db, ada, now); }).empty());
}

}  // namespace
}  // namespace portico::auth::test
