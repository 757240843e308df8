// SPDX-License-Identifier: Apache-2.0
// Whole flows of many at once, as handlers compose them: each goes through, and none has to be told
// to come back later.
#include "audit/actions.h"
#include "audit/chain.h"
#include "audit/log.h"
#include "session/one_time_tokens.h"
#include "session/rotation.h"
#include "store/credentials.h"
#include "store/tables.h"
#include "store/users.h"
#include "throttle/logins.h"

#include <atomic>

namespace portico::auth::test {
namespace {

constexpr std::size_t Many = 40;

class Crowd : public Tables {
 public:
  /// Ids for one flow, made beforehand: `id` is not for threads.
  using Ids = std::array<std::string, 4>;

  Crowd() : ids(Many) {
    for (Ids& each : ids) {
      for (std::string& one : each) one = id();
    }
  }

  bool sign_up(Transaction& db, const Ids& own, std::string_view email) {
    const bool made =
        users::insert_if_free(db, {.id = own[0], .email = email, .email_normalised = email}, now);
    if (made) {
      credentials::set_password(db, {own[1], own[0], "$phc"}, now);
      one_time::make(db,
                     {.id = own[2],
                      .purpose = Purpose::VerifyEmail,
                      .user_id = own[0],
                      .digest = sha256(std::as_bytes(std::span(own[2]))),
                      .expires = now + 24h},
                     now);
    }
    audit::append(db, {.id = own[3],
                       .at = now,
                       .actor_id = own[0],
                       .action = made ? audit::action::SignUp : audit::action::SignUpRepeated,
                       .ip = "192.0.2.7"});
    return made;
  }
  static std::string email(std::size_t i) { return "u" + std::to_string(i) + "@example.com"; }

  std::vector<Ids> ids;
};
INSTANTIATE_TEST_SUITE_P(On, Crowd, BothEngines, engine_name);

TEST_P(Crowd, SignsUp) {
  parallel(Many, [&](std::size_t i) {
    EXPECT_NO_THROW(write([&](Transaction& db) { EXPECT_TRUE(sign_up(db, ids[i], email(i))); }));
  });
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_credentials"), Many);
}

// identity.md, case 161.
TEST_P(Crowd, SignsUpForOneAddressAndMakesOneUser) {
  std::atomic<int> made = 0;
  parallel(Many, [&](std::size_t i) {
    EXPECT_NO_THROW(made +=
                    write([&](Transaction& db) { return sign_up(db, ids[i], "ada@example.com"); }));
  });
  EXPECT_EQ(made, 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_audit_log WHERE action = 'signup_repeated'"),
            Many - 1);
}

TEST_P(Crowd, LogsInAndRefreshes) {
  write([&](Transaction& db) {
    for (std::size_t i = 0; i < Many; ++i) {
      users::insert(db, {.id = ids[i][0], .email = email(i), .email_normalised = email(i)}, now);
    }
  });
  const auto key = bytes<32>(1);
  parallel(Many, [&](std::size_t i) {
    const Ids& own = ids[i];
    const std::string address = "10.0." + std::to_string(i) + ".1";
    EXPECT_NO_THROW(write([&](Transaction& db) {
      throttle::succeeded(db, {key, email(i), address});
      (void)sessions::open(db, {.id = own[1], .user_id = own[0], .key = 1}, now, limits);
      audit::append(db, {.id = own[2], .at = now, .action = audit::action::Login});
    }));
    EXPECT_NO_THROW(write([&](Transaction& db) {
      const RefreshToken token{*uuid::parse(own[1]), 0, 1};
      EXPECT_TRUE(sessions::rotate(db, token, 1, now, limits).accepted());
    }));
  });
}

TEST_P(Crowd, FailsToLogIn) {
  const auto key = bytes<32>(1);
  parallel(Many, [&](std::size_t i) {
    const throttle::LoginTry login(key, email(i), "10.0." + std::to_string(i) + ".1");
    EXPECT_NO_THROW(write([&](Transaction& db) {
      throttle::failed(db, login, LoginLimits(), now);
      audit::append(db, {.id = ids[i][0], .at = now, .action = audit::action::LoginFailed});
    }));
  });
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_audit_log"), Many);
}

}  // namespace
}  // namespace portico::auth::test
