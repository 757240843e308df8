// SPDX-License-Identifier: Apache-2.0
#include "store/users.h"

#include "store/tables.h"

#include <algorithm>
#include <atomic>

namespace portico::auth::test {
namespace {

class Users : public Tables {
 public:
  User user(std::string_view id) {
    return read([&](Reader& db) { return *users::find(db, id); });
  }
};
INSTANTIATE_TEST_SUITE_P(On, Users, BothEngines, engine_name);

TEST_P(Users, AreFoundByIdAndAddressAsTheyWereMade) {
  const std::string made = id();
  write([&](Transaction& db) {
    users::insert(db,
                  {.id = made,
                   .email = "Ada@Example.com",
                   .email_normalised = "ada@example.com",
                   .name = "Ada",
                   .locale = "en-GB",
                   .verified = now},
                  now);
  });
  const auto found = read([](Reader& db) { return users::find_by_email(db, "ada@example.com"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, made);
  EXPECT_EQ(found->email, "Ada@Example.com");
  EXPECT_EQ(found->name, "Ada");
  EXPECT_EQ(found->locale, "en-GB");
  EXPECT_EQ(found->timezone, std::nullopt);
  EXPECT_EQ(found->status, UserStatus::Active);
  EXPECT_EQ(found->verified, now);
  EXPECT_EQ(found->metadata, "{}");
  EXPECT_EQ(found->permission_version, 1);
  EXPECT_FALSE(found->is_admin);
  EXPECT_EQ(user(made).created, now);
  EXPECT_FALSE(read([](Reader& db) { return users::find(db, "nobody"); }));
}

TEST_P(Users, SayThatAnAddressIsTaken) {
  add_user();
  try {
    add_user();
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), SqlError::Kind::UniqueViolation);
  }
}

TEST_P(Users, TellATakenAddressWithoutLosingTheTransaction) {
  add_user();
  const auto add = [&](Transaction& db, std::string_view email) {
    return users::insert_if_free(db, {.id = id(), .email = email, .email_normalised = email}, now);
  };
  write([&](Transaction& db) {
    EXPECT_FALSE(add(db, "ada@example.com"));
    EXPECT_TRUE(add(db, "eve@example.com"));
  });
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_users"), 2);
}

// identity.md, case 161.
TEST_P(Users, AreOneWhereFiftySignUpAtOnce) {
  std::vector<std::string> ids;
  ids.reserve(50);
  for (int i = 0; i < 50; ++i) ids.push_back(id());
  std::atomic<int> made = 0;
  parallel(50, [&](std::size_t i) {
    made += write([&](Transaction& db) {
      return users::insert_if_free(
          db, {.id = ids[i], .email = "a@b.example", .email_normalised = "a@b.example"}, now);
    });
  });
  EXPECT_EQ(made, 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_users"), 1);
}

TEST_P(Users, KeepWhateverLooksLikeSql) {
  const std::string made = add_user();
  const std::string hostile = "'; DROP TABLE auth_users; -- $1 ? \\x27 %27 \xc3\xa4";
  const Profile profile{hostile, hostile, {}, R"({"a":"'"})"};
  EXPECT_TRUE(
      write([&](Transaction& db) { return users::change_profile(db, made, profile, 1, now); }));
  EXPECT_EQ(user(made).name, hostile);
  EXPECT_EQ(user(made).metadata, R"({"a":"'"})");
}

TEST_P(Users, BecomeActiveWhenTheyAreVerified) {
  const std::string made = add_user();
  EXPECT_EQ(user(made).status, UserStatus::Pending);
  EXPECT_TRUE(write([&](Transaction& db) { return users::mark_verified(db, made, now); }));
  EXPECT_EQ(user(made).status, UserStatus::Active);
  EXPECT_EQ(user(made).verified, now);
  EXPECT_EQ(user(made).row_version, 2);
  EXPECT_FALSE(write([&](Transaction& db) { return users::mark_verified(db, "nobody", now); }));
}

TEST_P(Users, AreEnabledAsWhatTheyWere) {
  const std::string made = add_user();
  write([&](Transaction& db) {
    EXPECT_TRUE(users::disable(db, made, now));
    EXPECT_FALSE(users::disable(db, made, now));
    EXPECT_TRUE(users::enable(db, made, now));
  });
  EXPECT_EQ(user(made).status, UserStatus::Pending);
  write([&](Transaction& db) {
    users::disable(db, made, now);
    users::mark_verified(db, made, now);
  });
  EXPECT_EQ(user(made).status, UserStatus::Disabled) << "verifying enables nobody";
  write([&](Transaction& db) { users::enable(db, made, now); });
  EXPECT_EQ(user(made).status, UserStatus::Active);
}

TEST_P(Users, AreBannedForATime) {
  const std::string made = add_user();
  write([&](Transaction& db) { users::ban(db, made, now + 1h, now); });
  EXPECT_TRUE(user(made).banned(now));
  EXPECT_FALSE(user(made).banned(now + 1h));
  write([&](Transaction& db) { users::ban(db, made, std::nullopt, now); });
  EXPECT_FALSE(user(made).banned(now));
}

TEST_P(Users, ChangeOnlyTheProfileThatTheyHaveSeen) {
  const std::string made = add_user();
  const auto rename = [&](std::string_view name, std::int64_t seen) {
    return write([&](Transaction& db) {
      return users::change_profile(db, made, {name, {}, "Europe/London", "{}"}, seen, now);
    });
  };
  EXPECT_TRUE(rename("Ada", 1));
  EXPECT_FALSE(rename("Eve", 1));
  EXPECT_EQ(user(made).name, "Ada");
  EXPECT_EQ(user(made).timezone, "Europe/London");
}

TEST_P(Users, MoveToAnAddressThatNobodyHas) {
  const std::string ada = add_user();
  add_user("eve@example.com");
  const auto move = [&](std::string_view email) {
    return write([&](Transaction& db) { return users::change_email(db, ada, email, email, now); });
  };
  EXPECT_FALSE(move("eve@example.com"));
  EXPECT_TRUE(move("lovelace@example.com"));
  EXPECT_TRUE(move("lovelace@example.com")) << "their own is not taken";
  EXPECT_EQ(user(ada).email_normalised, "lovelace@example.com");
}

TEST_P(Users, RaiseTheVersionsThatTokensAreComparedWith) {
  const std::string made = add_user();
  EXPECT_EQ(write([&](Transaction& db) { return users::raise_permission_version(db, made, now); }),
            2);
  write([&](Transaction& db) { users::invalidate_tokens(db, made, now + 5s); });
  EXPECT_EQ(user(made).permission_version, 2);
  EXPECT_EQ(user(made).token_not_before, now + 5s);
}

TEST_P(Users, TellOtherNodesWhatChanged) {
  const std::string ada = add_user();
  add_user("eve@example.com");
  write([&](Transaction& db) { users::disable(db, ada, now + 1min); });
  const auto changed = read([&](Reader& db) { return users::changed_since(db, now + 1s); });
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].id, ada);
  EXPECT_EQ(changed[0].status, UserStatus::Disabled);
}

TEST_P(Users, AreListedPageByPageNewestFirst) {
  std::vector<std::string> made;
  made.reserve(7);
  for (int i = 0; i < 7; ++i) made.push_back(add_user("u" + std::to_string(i) + "@example.com"));
  write([&](Transaction& db) { users::disable(db, made[3], now); });
  std::vector<std::string> seen;
  std::optional<std::string> last;
  for (;;) {
    const auto page =
        read([&](Reader& db) { return users::list(db, {.before = last, .limit = 3}); });
    if (page.empty()) break;
    for (const User& each : page) seen.push_back(each.id);
    last = seen.back();
  }
  std::ranges::reverse(made);
  EXPECT_EQ(seen, made);
  const auto disabled =
      read([&](Reader& db) { return users::list(db, {.status = UserStatus::Disabled}); });
  ASSERT_EQ(disabled.size(), 1U);
  EXPECT_EQ(disabled[0].id, made[3]);
}

TEST_P(Users, KeepAnAdministrator) {
  const std::string ada = add_user();
  const std::string eve = add_user("eve@example.com");
  write([&](Transaction& db) {
    for (const std::string& each : {ada, eve}) {
      users::mark_verified(db, each, now);
      EXPECT_TRUE(users::appoint_admin(db, each, now));
    }
  });
  // identity.md, case 113: both dismiss each other.
  std::atomic<int> dismissed = 0;
  parallel(2, [&](std::size_t i) {
    dismissed +=
        write([&](Transaction& db) { return users::dismiss_admin(db, i == 0 ? ada : eve, now); });
  });
  EXPECT_EQ(dismissed, 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_users WHERE is_admin = 1"), 1);
}

}  // namespace
}  // namespace portico::auth::test
