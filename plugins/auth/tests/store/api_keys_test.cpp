// SPDX-License-Identifier: Apache-2.0
#include "store/api_keys.h"

#include "store/tables.h"

namespace portico::auth::test {
namespace {

class ApiKeyTable : public Tables {
 public:
  std::string add(unsigned seed, Time expires) {
    const std::string made = id();
    write([&](Transaction& db) {
      api_keys::add(db,
                    {.id = made,
                     .owner = ada,
                     .name = "robot",
                     .prefix = "gk_live_A",
                     .digest = bytes<32>(seed),
                     .scopes = {"orders:read", "orders:*"},
                     .expires = expires},
                    now);
    });
    return made;
  }
  std::optional<ApiKey> find(unsigned seed) {
    return read([&](Reader& db) { return api_keys::find(db, bytes<32>(seed)); });
  }

  const std::string ada = add_user();
};
INSTANTIATE_TEST_SUITE_P(On, ApiKeyTable, BothEngines, engine_name);

TEST_P(ApiKeyTable, FindsThemByTheirDigest) {
  const std::string made = add(1, now + 1h);
  ASSERT_TRUE(find(1));
  EXPECT_EQ(find(1)->id, made);
  EXPECT_EQ(find(1)->owner, ada);
  EXPECT_EQ(find(1)->scopes, (std::vector<std::string>{"orders:read", "orders:*"}));
  EXPECT_TRUE(find(1)->live(now));
  EXPECT_FALSE(find(1)->live(now + 1h));
  EXPECT_FALSE(find(2));
}

TEST_P(ApiKeyTable, ListsThoseThatLive) {
  const std::string first = add(1, now + 1h);
  add(2, now);
  const std::string third = add(3, now + 1h);
  write([&](Transaction& db) { api_keys::revoke(db, ada, third, now); });
  const auto keys = read([&](Reader& db) { return api_keys::list(db, ada, now); });
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].id, first);
}

TEST_P(ApiKeyTable, RevokesOnceAndTellsSince) {
  const std::string made = add(1, now + 1h);
  const auto revoke = [&](std::string_view owner) {
    return write([&](Transaction& db) { return api_keys::revoke(db, owner, made, now); });
  };
  EXPECT_FALSE(revoke("somebody"));
  EXPECT_TRUE(revoke(ada));
  EXPECT_FALSE(revoke(ada));
  const auto since = [&](Time time) {
    return read([&](Reader& db) { return api_keys::revoked_since(db, time); }).size();
  };
  EXPECT_EQ(since(now), 1U);
  EXPECT_EQ(since(now + 1s), 0U);
}

TEST_P(ApiKeyTable, ForgetsWhatEndedLongAgo) {
  add(1, now + 1h);
  add(2, now + 9h);
  const std::string revoked = add(3, now + 9h);
  write([&](Transaction& db) { api_keys::revoke(db, ada, revoked, now); });
  EXPECT_EQ(write([&](Transaction& db) { return api_keys::purge(db, now + 2h, 1); }), 1U);
  EXPECT_EQ(write([&](Transaction& db) { return api_keys::purge(db, now + 2h, 500); }), 1U);
  EXPECT_TRUE(find(2));
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_api_keys"), 1);
}

TEST_P(ApiKeyTable, GivesWayNoLaterThanItWouldHaveEnded) {
  add(1, now + 1h);
  write([&](Transaction& db) { api_keys::give_way(db, find(1).value(), "next", now + 24h); });
  EXPECT_EQ(find(1)->expires, now + 1h);
  write([&](Transaction& db) { api_keys::give_way(db, find(1).value(), "next", now + 30min); });
  EXPECT_EQ(find(1)->expires, now + 30min);
}

}  // namespace
}  // namespace portico::auth::test
