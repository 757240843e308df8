// SPDX-License-Identifier: Apache-2.0
#include "store/credentials.h"

#include "store/tables.h"
#include "store/users.h"

#include <utility>

namespace portico::auth::test {
namespace {

class Credentials : public Tables {
 public:
  void set(std::string_view phc) {
    write([&](Transaction& db) { credentials::set_password(db, {id(), ada, phc}, now); });
  }
  std::optional<users::Login> login(std::string_view email) {
    return read([&](Reader& db) { return users::find_login(db, email); });
  }
  bool rehash(std::string_view from, std::string_view to) {
    return write([&](Transaction& db) { return credentials::rehash_password(db, ada, from, to); });
  }

  const std::string ada = add_user();
};
INSTANTIATE_TEST_SUITE_P(On, Credentials, BothEngines, engine_name);

TEST_P(Credentials, ComeWithTheUserWhoLogsIn) {
  ASSERT_TRUE(login("ada@example.com"));
  EXPECT_FALSE(login("ada@example.com")->password);
  set("$argon2id$first");
  EXPECT_EQ(login("ada@example.com")->password, "$argon2id$first");
  EXPECT_EQ(login("ada@example.com")->user.id, ada);
  EXPECT_FALSE(login("eve@example.com"));
}

TEST_P(Credentials, AreOnePasswordForEachUser) {
  set("$first");
  set("$second");
  EXPECT_EQ(read([&](Reader& db) { return credentials::find_password(db, ada); }), "$second");
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_credentials"), 1);
}

// identity.md, case 62.
TEST_P(Credentials, AreHashedAnewUnlessThePasswordChangedMeanwhile) {
  set("$old");
  EXPECT_TRUE(rehash("$old", "$new"));
  EXPECT_FALSE(rehash("$old", "$newer"));
  EXPECT_EQ(login("ada@example.com")->password, "$new");
}

TEST_P(Credentials, SaySinceWhenAPasswordIsTheirs) {
  EXPECT_EQ(login("ada@example.com")->password_since, Time(0));
  set("$old");
  EXPECT_EQ(login("ada@example.com")->password_since, now);
  const Time then = std::exchange(now, now + 1h);
  rehash("$old", "$hashed anew");
  EXPECT_EQ(login("ada@example.com")->password_since, then);
  set("$other");
  EXPECT_EQ(login("ada@example.com")->password_since, now);
}

}  // namespace
}  // namespace portico::auth::test
