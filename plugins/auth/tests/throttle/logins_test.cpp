// SPDX-License-Identifier: Apache-2.0
// identity.md, cases 69 to 75.
#include "throttle/logins.h"

#include "store/tables.h"

#include <atomic>

namespace portico::auth::test {
namespace {

using throttle::Known;
using throttle::LoginTry;
using throttle::Verdict;
using By = Verdict::By;

const auto Secret = bytes<32>(1);

class Logins : public Tables {
 public:
  static LoginTry of(std::string_view account, std::string_view address,
                     std::optional<std::string_view> device = std::nullopt) {
    if (!device) return {Secret, account, address};
    return {Secret, account, address, Known{Known::By::Device, *device}};
  }
  Verdict judge(const LoginTry& login, Time at) {
    return read([&](Reader& db) { return throttle::judge(db, login, rules, at); });
  }
  void fail(const LoginTry& login, Time at) {
    write([&](Transaction& db) { throttle::failed(db, login, rules, at); });
  }
  void succeed(const LoginTry& login) {
    write([&](Transaction& db) { throttle::succeeded(db, login); });
  }
  /// So many failures, each from another network, in a minute.
  void fail_from_everywhere(std::string_view account, int count) {
    for (int i = 0; i < count; ++i) {
      fail(of(account, "10." + std::to_string(i / 200) + "." + std::to_string(i % 200) + ".1"),
           now + std::chrono::milliseconds(i));
    }
  }

  LoginLimits rules;
  const LoginTry ada = of("ada@example.com", "192.0.2.7");
};
INSTANTIATE_TEST_SUITE_P(On, Logins, BothEngines, engine_name);

TEST_P(Logins, WaitFromTheFifthFailureOn) {
  for (int i = 0; i < 4; ++i) fail(ada, now);
  EXPECT_TRUE(judge(ada, now).allowed());
  fail(ada, now);
  EXPECT_EQ(judge(ada, now).by, By::Pair);
  EXPECT_EQ(judge(ada, now).wait, 1s);
  EXPECT_FALSE(judge(ada, now).spares_known);
  EXPECT_TRUE(judge(ada, now + 1s).allowed());
  fail(ada, now + 1s);
  EXPECT_EQ(judge(ada, now + 1s).wait, 2s);
  EXPECT_EQ(judge(ada, now + 1s).failures, 6);
}

TEST_P(Logins, BeginAnewAfterAQuietDay) {
  for (int i = 0; i < 9; ++i) fail(ada, now);
  fail(ada, now + 24h);
  EXPECT_EQ(judge(ada, now + 24h).failures, 1);
}

TEST_P(Logins, WaitTogetherWithTheirNeighboursAlone) {
  for (int i = 0; i < 6; ++i) fail(ada, now);
  EXPECT_FALSE(judge(of("ada@example.com", "192.0.2.99"), now).allowed());
  EXPECT_TRUE(judge(of("ada@example.com", "198.51.100.1"), now).allowed());
  EXPECT_TRUE(judge(of("eve@example.com", "192.0.2.7"), now).allowed());
}

TEST_P(Logins, CountAWholeNetworkOfIpv6AsOne) {
  for (int i = 0; i < 5; ++i) fail(of("ada@example.com", "2001:db8::" + std::to_string(i)), now);
  EXPECT_EQ(judge(of("ada@example.com", "2001:db8::ffff"), now).by, By::Pair);
}

TEST_P(Logins, ForgetThePairAloneAfterASuccess) {
  rules.address = {.burst = 5, .limit = 5, .per = 1h};
  for (int i = 0; i < 5; ++i) fail(ada, now);
  succeed(ada);
  EXPECT_EQ(judge(ada, now).by, By::Address);
  EXPECT_TRUE(judge(ada, now).spares_known);
  EXPECT_EQ(judge(of("ada@example.com", "192.0.2.8"), now).by, By::Nobody);
}

TEST_P(Logins, ForgetOnTheAccountWhatThePairHadFailed) {
  rules.account.start = 6;
  for (int i = 0; i < 3; ++i) fail(ada, now);
  fail_from_everywhere("ada@example.com", 2);
  succeed(ada);
  fail_from_everywhere("ada@example.com", 3);
  EXPECT_TRUE(judge(ada, now + 1s).allowed()) << "five from elsewhere";
  fail(ada, now + 1s);
  EXPECT_EQ(judge(ada, now + 1s).by, By::Account);
}

TEST_P(Logins, StopStrangersAtTheCeilingAndSpareKnownDevices) {
  fail_from_everywhere("ada@example.com", 99);
  EXPECT_TRUE(judge(ada, now + 1s).allowed());
  fail(of("ada@example.com", "203.0.113.1"), now + 1s);
  const Verdict stranger = judge(ada, now + 2s);
  EXPECT_EQ(stranger.by, By::Account);
  EXPECT_TRUE(stranger.spares_known) << "the owner is not kept out";
  EXPECT_TRUE(judge(of("eve@example.com", "192.0.2.7"), now + 2s).allowed());
}

TEST_P(Logins, NeverStopAnybodyForGood) {
  rules.account.start = 10;
  fail_from_everywhere("ada@example.com", 10);
  EXPECT_EQ(judge(ada, now + 1s).by, By::Account);
  EXPECT_TRUE(judge(ada, now + 1h + 1s).allowed()) << "one stranger an hour";
  fail(of("ada@example.com", "203.0.113.1"), now + 1h + 1s);
  EXPECT_EQ(judge(ada, now + 1h + 2s).by, By::Account);
}

TEST_P(Logins, BeginAnewWhenTheOwnerHasShownWhoTheyAre) {
  rules.account.start = 10;
  fail_from_everywhere("ada@example.com", 10);
  EXPECT_FALSE(judge(ada, now + 1s).allowed());
  write([&](Transaction& db) { throttle::forgive(db, ada); });
  EXPECT_TRUE(judge(ada, now + 1s).allowed());
}

TEST_P(Logins, CountADeviceByItsNumberAndNotByItsNetwork) {
  for (int i = 0; i < 9; ++i) fail(ada, now);
  EXPECT_EQ(judge(ada, now).by, By::Pair);
  EXPECT_TRUE(judge(of("ada@example.com", "192.0.2.7", "device"), now).allowed());
}

TEST_P(Logins, CountASessionByItselfAndNeitherByItsNetworkNorAsADevice) {
  const LoginTry session(Secret, "ada@example.com", "192.0.2.7",
                         Known{Known::By::Session, "0192f0c1"});
  for (int i = 0; i < 9; ++i) fail(ada, now);
  for (int i = 0; i < 9; ++i) fail(of("ada@example.com", "192.0.2.7", "0192f0c1"), now);
  EXPECT_TRUE(judge(session, now).allowed());
  for (int i = 0; i < 5; ++i) fail(session, now);
  EXPECT_EQ(judge(session, now).by, By::Pair);
}

TEST_P(Logins, StopSparingADeviceThatFailsAsOftenAsTheCeiling) {
  rules.account.start = 10;
  rules.address.burst = 1000;
  const LoginTry stolen = of("ada@example.com", "192.0.2.7", "device");
  for (int i = 0; i < 10; ++i) fail(stolen, now);
  const Verdict verdict = judge(stolen, now + rules.pair.cap);
  EXPECT_EQ(verdict.by, By::Account);
  EXPECT_FALSE(verdict.spares_known);
}

TEST_P(Logins, StopASubscriberWhoTriesManyAccounts) {
  rules.address = {.burst = 20, .limit = 20, .per = 1h};
  for (int i = 0; i < 20; ++i) fail(of("u" + std::to_string(i), "192.0.2.7"), now);
  EXPECT_EQ(judge(ada, now).by, By::Address);
  EXPECT_TRUE(judge(of("ada@example.com", "192.0.2.8"), now).allowed());
}

TEST_P(Logins, StopOnePasswordOnManyAccountsFromManyAddresses) {
  rules.everyone = {.burst = 32, .limit = 32, .per = 1h};
  for (int i = 0; i < 120; ++i) {
    const std::string number = std::to_string(i);
    fail(of("u" + number, "10." + std::to_string(i % 7) + "." + std::to_string(i % 250) + ".9"),
         now);
  }
  int stopped = 0;
  for (int i = 0; i < 50; ++i) {
    const Verdict verdict =
        judge(of("new" + std::to_string(i), "172.16." + std::to_string(i) + ".1"), now);
    stopped += verdict.by == By::Everyone && verdict.spares_known;
  }
  EXPECT_GT(stopped, 40);
}

TEST_P(Logins, KeepTheirCountsInTheTableWithoutNamesOrAddresses) {
  fail(ada, now);
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_login_throttle"), 4);
  const LoginTry another_secret(bytes<32>(2), "ada@example.com", "192.0.2.7");
  EXPECT_NE(another_secret.keys, ada.keys);
}

TEST_P(Logins, CountEachOfManyFailuresAtOnce) {
  parallel(12, [&](std::size_t) { fail(ada, now); });
  EXPECT_EQ(read([&](Reader& db) { return throttle::find(db, ada.pair()); }).count, 12);
}

}  // namespace
}  // namespace portico::auth::test
