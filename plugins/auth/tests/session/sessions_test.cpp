// SPDX-License-Identifier: Apache-2.0
#include "session/sessions.h"

#include "store/tables.h"

namespace portico::auth::test {
namespace {

class Sessions : public Tables {
 public:
  std::vector<std::string> listed(Time at) {
    std::vector<std::string> ids;
    for (const Session& each : read([&](Reader& db) { return sessions::list(db, ada, at); })) {
      ids.push_back(each.id);
    }
    return ids;
  }

  const std::string ada = add_user();
};
INSTANTIATE_TEST_SUITE_P(On, Sessions, BothEngines, engine_name);

using Ids = std::vector<std::string>;

TEST_P(Sessions, AreFoundAsTheyWereOpened) {
  const std::string made = id();
  write([&](Transaction& db) {
    (void)sessions::open(db,
                         {.id = made,
                          .user_id = ada,
                          .key = 3,
                          .network = "192.0.2.0/24",
                          .agent = "digest",
                          .device_name = "Ada's laptop",
                          .remember = true},
                         now, limits);
  });
  const auto found = session(made);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user_id, ada);
  EXPECT_EQ(found->counter, 0U);
  EXPECT_EQ(found->key, 3);
  EXPECT_EQ(found->amr, "pwd");
  EXPECT_EQ(found->network, "192.0.2.0/24");
  EXPECT_EQ(found->device_name, "Ada's laptop");
  EXPECT_TRUE(found->remember);
  EXPECT_EQ(found->authenticated, now);
  EXPECT_EQ(found->idle_expires, now + limits.idle);
  EXPECT_EQ(found->expires, now + limits.absolute);
  EXPECT_TRUE(found->live(now));
  EXPECT_FALSE(session("nobody"));
}

TEST_P(Sessions, MakeRoomForTheNewestByTheLongestUnseen) {
  limits.most_per_user = 3;
  const std::string oldest = open_session(ada, now);
  const std::string second = open_session(ada, now + 1s);
  const std::string third = open_session(ada, now + 2s);
  write([&](Transaction& db) { sessions::touch(db, oldest, now + 1h, limits); });
  const std::string fourth = open_session(ada, now + 2h);
  const auto evict = [&] {
    return write(
        [&](Transaction& db) { return sessions::evict(db, ada, fourth, now + 2h, limits); });
  };
  EXPECT_EQ(evict(), Ids{second});
  EXPECT_EQ(evict(), Ids{});
  EXPECT_EQ(listed(now + 2h), (Ids{fourth, oldest, third}));
  EXPECT_EQ(session(second)->revoke_reason, "evicted");
}

TEST_P(Sessions, CountWhileTheyLiveForTheirUserAlone) {
  const auto count = [&](Time at) {
    return read([&](Reader& db) { return sessions::count(db, ada, at); });
  };
  open_session(add_user("eve@example.com"), now);
  EXPECT_EQ(count(now), 0U);
  open_session(ada, now);
  EXPECT_EQ(count(now), 1U);
  EXPECT_EQ(count(now + limits.idle), 0U);
}

TEST_P(Sessions, OfOthersNeverMakeRoom) {
  limits.most_per_user = 1;
  const std::string hers = open_session(add_user("eve@example.com"), now);
  const std::string made = open_session(ada, now);
  EXPECT_EQ(write([&](Transaction& db) { return sessions::evict(db, ada, made, now, limits); }),
            Ids{});
  EXPECT_TRUE(session(hers)->live(now));
}

TEST_P(Sessions, EndWhenTheyAreIdleOrOld) {
  const std::string made = open_session(ada, now);
  EXPECT_EQ(listed(now + limits.idle - 1us), Ids{made});
  EXPECT_EQ(listed(now + limits.idle), Ids{});
  limits.idle = limits.absolute * 2;
  const std::string old = open_session(ada, now);
  EXPECT_EQ(listed(now + limits.absolute - 1us), Ids{old});
  EXPECT_EQ(listed(now + limits.absolute), Ids{});
}

// identity.md, case 90.
TEST_P(Sessions, AreEndedByTheirUserAlone) {
  const std::string eve = add_user("eve@example.com");
  const std::string made = open_session(ada, now);
  const auto revoke = [&](std::string_view user) {
    return write([&](Transaction& db) { return sessions::revoke(db, user, made, "logout", now); });
  };
  EXPECT_FALSE(revoke(eve));
  EXPECT_TRUE(session(made)->live(now));
  EXPECT_TRUE(revoke(ada));
  EXPECT_FALSE(revoke(ada)) << "it has ended";
  EXPECT_EQ(session(made)->revoked, now);
}

TEST_P(Sessions, EndButForOneOrAllTogether) {
  const std::string eve = add_user("eve@example.com");
  const std::string hers = open_session(eve, now);
  const std::string first = open_session(ada, now);
  const std::string second = open_session(ada, now);
  write([&](Transaction& db) {
    EXPECT_EQ(sessions::revoke_others(db, ada, second, "logout", now), Ids{first});
    EXPECT_EQ(sessions::revoke_all(db, ada, "password_changed", now), Ids{second});
    EXPECT_EQ(sessions::revoke_all(db, ada, "again", now), Ids{});
  });
  EXPECT_EQ(session(first)->revoke_reason, "logout");
  EXPECT_TRUE(session(hers)->live(now));
}

TEST_P(Sessions, LiveOnByASignOfLife) {
  const std::string made = open_session(ada, now);
  const auto touch = [&](Time at) {
    write([&](Transaction& db) { sessions::touch(db, made, at, limits); });
    return session(made)->seen;
  };
  EXPECT_EQ(touch(now + 59s), now) << "too soon to be worth a write";
  EXPECT_EQ(touch(now + 1h), now + 1h);
  EXPECT_EQ(session(made)->idle_expires, now + 1h + limits.idle);
  EXPECT_EQ(touch(now + 1h + limits.idle), now + 1h) << "it has ended";
}

TEST_P(Sessions, TellWhetherANetworkIsKnown) {
  const std::string made = id();
  write([&](Transaction& db) {
    (void)sessions::open(db, {.id = made, .user_id = ada, .network = "192.0.2.0/24"}, now, limits);
  });
  const auto known = [&](std::string_view network, Time since) {
    return read([&](Reader& db) { return sessions::seen_from(db, ada, network, since); });
  };
  EXPECT_TRUE(known("192.0.2.0/24", now));
  EXPECT_FALSE(known("198.51.100.0/24", now));
  EXPECT_FALSE(known("192.0.2.0/24", now + 1us));
  write([&](Transaction& db) { sessions::revoke(db, ada, made, "logout", now); });
  EXPECT_TRUE(known("192.0.2.0/24", now));
}

TEST_P(Sessions, AreAnnouncedToOtherNodesWhenTheyEnd) {
  open_session(ada, now);
  const std::string made = open_session(ada, now);
  write([&](Transaction& db) { sessions::revoke(db, ada, made, "logout", now + 5s); });
  const auto told = read([&](Reader& db) { return sessions::revoked_since(db, now + 5s); });
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].id, made);
  EXPECT_EQ(told[0].at, now + 5s);
}

TEST_P(Sessions, AreDeletedInPortionsAfterTheirEnd) {
  const std::string living = open_session(ada, now + 1h);
  open_session(ada, now);
  const std::string revoked = open_session(ada, now);
  write([&](Transaction& db) { sessions::revoke(db, ada, revoked, "logout", now); });
  const auto purge = [&] {
    return write(
        [&](Transaction& db) { return sessions::purge(db, now + limits.absolute + 1s, 1); });
  };
  EXPECT_EQ(purge(), 1U);
  EXPECT_EQ(purge(), 1U);
  EXPECT_EQ(purge(), 0U);
  EXPECT_TRUE(session(living));
}

}  // namespace
}  // namespace portico::auth::test
