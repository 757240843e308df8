// SPDX-License-Identifier: Apache-2.0
#include "store/administrators.h"

#include "store/assignments.h"
#include "store/tables.h"
#include "store/versions.h"

#include <atomic>
#include <stdexcept>

namespace portico::rbac::test {
namespace {

using administrators::CanAct;

class Administrators : public Tables {
 public:
  Administrators() : admin(add_standard_roles()) {}

  bool another(std::string_view user, const CanAct& can_log_in = {}) {
    return read([&](Reader& db) { return administrators::another(db, user, now, can_log_in); });
  }
  /// As a handler does; false where somebody must be left.
  bool dismiss(std::string_view user) {
    try {
      write([&](Transaction& db) {
        ASSERT_TRUE(administrators::is_one(db, user, now, {}));
        assignments::remove(db, user, admin, "*");
        if (!administrators::another(db, "", now, {})) throw std::runtime_error("the last one");
        versions::raise(db, {.user = std::string(user)}, now);
      });
      return true;
    } catch (const std::runtime_error&) {
      return false;
    }
  }

  const std::int64_t admin;
};
INSTANTIATE_TEST_SUITE_P(On, Administrators, BothEngines, engine_name);

TEST_P(Administrators, HoldTheRoleEverywhereAndForEver) {
  EXPECT_FALSE(another(""));
  assign("scoped", {.role = admin, .scope = "acme"});
  assign("ending", {.role = admin, .expires = now + 24h});
  assign("coming", {.role = admin, .not_before = now + 1s});
  assign("viewer", {.role = add_role("viewer")});
  EXPECT_FALSE(another(""));
  assign("ada", {.role = admin, .not_before = now});
  EXPECT_TRUE(another(""));
  EXPECT_TRUE(another("eve"));
  EXPECT_FALSE(another("ada"));
  const auto is_one = [&](std::string_view user) {
    return read([&](Reader& db) { return administrators::is_one(db, user, now, {}); });
  };
  EXPECT_TRUE(is_one("ada"));
  for (const char* user : {"scoped", "ending", "coming", "viewer"}) EXPECT_FALSE(is_one(user));
}

TEST_P(Administrators, AreThoseOfTheSystem) {
  change("UPDATE rbac_roles SET is_system = 0");
  assign("ada", {.role = admin});
  EXPECT_FALSE(another(""));
}

TEST_P(Administrators, CanAct) {
  assign("ada", {.role = admin});
  assign("eve", {.role = admin});
  const CanAct all_but_eve = [](Reader&, std::string_view user) { return user != "eve"; };
  EXPECT_TRUE(another("eve", all_but_eve));
  EXPECT_FALSE(another("ada", all_but_eve));
}

TEST_P(Administrators, AreLookedForPageByPage) {
  write([&](Transaction& db) {
    for (int i = 0; i < 250; ++i) {
      assignments::put(
          db, {.id = id(), .user = "u" + std::to_string(1000 + i), .assignment = {.role = admin}},
          now);
    }
  });
  int asked = 0;
  const CanAct only_the_last = [&](Reader&, std::string_view user) {
    ++asked;
    return user == "u1249";
  };
  EXPECT_TRUE(another("", only_the_last));
  EXPECT_EQ(asked, 250);
}

// identity.md, case 113.
TEST_P(Administrators, KeepOneWhenTwoAreDismissedAtOnce) {
  for (int round = 0; round < 5; ++round) {
    assign("ada", {.role = admin});
    assign("eve", {.role = admin});
    std::atomic<int> dismissed = 0;
    parallel(2, [&](std::size_t i) { dismissed += dismiss(i == 0 ? "ada" : "eve") ? 1 : 0; });
    EXPECT_EQ(dismissed, 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM rbac_assignments"), 1);
  }
}

// Another plugin disables a user and asks first, while one here takes the role from the other one.
TEST_P(Administrators, KeepOneWhenAnotherIsDisabledAtOnce) {
  change("CREATE TABLE logins (user_id TEXT NOT NULL PRIMARY KEY, may SMALLINT NOT NULL)");
  const CanAct may = [](Reader& db, std::string_view user) {
    return !db.query({"test.may", "SELECT 1 FROM logins WHERE user_id = $1 AND may = 1"}, {user})
                .empty();
  };
  change("INSERT INTO logins (user_id, may) VALUES ('ada', 1), ('eve', 1)");
  for (int round = 0; round < 5; ++round) {
    change("UPDATE logins SET may = 1");
    assign("ada", {.role = admin});
    assign("eve", {.role = admin});
    std::atomic<int> done = 0;
    parallel(2, [&](std::size_t i) {
      done += write([&](Transaction& db) -> int {
        const std::string_view user = i == 0 ? "ada" : "eve";
        if (!administrators::another(db, user, now, may)) return 0;
        if (i == 0) return assignments::remove(db, user, admin, "*") ? 1 : 0;
        db.change({"test.disable", "UPDATE logins SET may = 0 WHERE user_id = $1"}, {user});
        return 1;
      });
    });
    EXPECT_EQ(done, 1);
    EXPECT_TRUE(another("", may));
  }
}

TEST_P(Administrators, AreTakenOverOnce) {
  const auto take_over = [&] {
    return write([](Transaction& db) { return administrators::take_over(db); });
  };
  EXPECT_TRUE(take_over());
  EXPECT_FALSE(take_over());
}

}  // namespace
}  // namespace portico::rbac::test
