// SPDX-License-Identifier: Apache-2.0
#include "throttle/tally.h"

#include "store/tables.h"
#include "throttle/device.h"
#include "throttle/in_flight.h"
#include "throttle/network.h"

namespace portico::auth::test {
namespace {

constexpr Time Start = std::chrono::seconds(1'790'000'000);

// identity.md, case 69.
TEST(Backoff, GrowsFromTheFifthFailureOn) {
  const Backoff rule;
  Tally tally;
  Time at = Start;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 18; ++i) {
    tally = rule.failed(tally, at);
    const Time wait = rule.wait(tally, at);
    waits.push_back(wait / 1s);
    at += wait;
    EXPECT_EQ(rule.wait(tally, at), 0s) << "never for good";
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512,
                                              900, 900, 900, 900}));
}

TEST(Backoff, ForgetsAfterAQuietDay) {
  const Backoff rule;
  Tally tally;
  for (int i = 0; i < 10; ++i) tally = rule.failed(tally, Start);
  EXPECT_EQ(rule.failures(tally, Start + 24h - 1us), 10);
  EXPECT_EQ(rule.failed(tally, Start + 24h).count, 1);
}

TEST(Backoff, BearsAnyCount) {
  const Backoff rule;
  const Tally tally = rule.failed({std::int64_t{1} << 60, Start, Start}, Start);
  EXPECT_EQ(rule.wait(tally, Start), rule.cap);
}

TEST(Bucket, GivesItsBurstAndThenItsRate) {
  const Bucket rule{.burst = 3, .limit = 60, .per = 1h};
  Tally tally;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(rule.wait(tally, Start), 0s);
    tally = rule.taken(tally, Start);
  }
  EXPECT_EQ(rule.wait(tally, Start), 1min);
  EXPECT_EQ(rule.wait(tally, Start + 1min), 0s);
  tally = rule.taken(tally, Start + 1min);
  EXPECT_EQ(rule.wait(tally, Start + 1min), 1min);
  EXPECT_EQ(rule.wait(tally, Start + 1h), 0s);
}

TEST(Bucket, IsNeverEmptierThanEmpty) {
  const Bucket rule{.burst = 3, .limit = 60, .per = 1h};
  Tally tally;
  for (int i = 0; i < 100; ++i) tally = rule.taken(tally, Start);
  EXPECT_EQ(rule.wait(tally, Start), 1min);
}

// identity.md, case 153.
TEST(Quota, GivesSoManyInAnyHour) {
  const Quota rule{.most = 5, .window = 1h};
  for (const Time pause : {Time(0), Time(1min), Time(11min), Time(13min), Time(50min)}) {
    Tally tally;
    std::vector<Time> given;
    for (Time at = Start; at < Start + 48h; at += std::max<Time>(pause, 10s)) {
      if (rule.wait(tally, at) > 0s) continue;
      tally = rule.taken(tally, at);
      given.push_back(at);
    }
    for (std::size_t i = 5; i < given.size(); ++i) EXPECT_GE(given[i] - given[i - 5], 1h);
    EXPECT_GT(given.size(), 5U);
  }
}

// identity.md, case 72.
TEST(Network, CountsNeighboursAsOne) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.0/24");
  EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.0/24");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(subscriber_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(subscriber_of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(subscriber_of("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(subscriber_of("unix:"), "unix:");
  EXPECT_EQ(network_of(""), "");
}

TEST(Device, IsKnownByItsCookieForOneAccount) {
  const auto key = bytes<32>(1);
  const std::string cookie = device::write(key, "ada@example.com", bytes<16>(7));
  EXPECT_TRUE(device::read(key, "ada@example.com", cookie));
  EXPECT_FALSE(device::read(key, "eve@example.com", cookie));
  EXPECT_FALSE(device::read(bytes<32>(2), "ada@example.com", cookie));
  EXPECT_NE(
      device::read(key, "ada@example.com", cookie),
      device::read(key, "ada@example.com", device::write(key, "ada@example.com", bytes<16>(8))));
}

TEST(Device, IsUnknownByAnythingElse) {
  const auto key = bytes<32>(1);
  std::string cookie = device::write(key, "ada@example.com", bytes<16>(7));
  EXPECT_FALSE(device::read(key, "ada@example.com", ""));
  EXPECT_FALSE(device::read(key, "ada@example.com", cookie + "A"));
  for (char& letter : cookie) {
    const char before = std::exchange(letter, letter == 'A' ? 'Q' : 'A');
    EXPECT_FALSE(device::read(key, "ada@example.com", cookie));
    letter = before;
  }
}

TEST(InFlight, HoldsSoManyOfAPairAtOnce) {
  const throttle::LoginTry ada(bytes<32>(1), "ada@example.com", "192.0.2.7");
  const throttle::LoginTry eve(bytes<32>(1), "eve@example.com", "192.0.2.7");
  throttle::InFlight flights;
  {
    const auto first = flights.enter(ada, 2);
    auto second = flights.enter(ada, 2);
    EXPECT_TRUE(second);
    EXPECT_FALSE(flights.enter(ada, 2));
    EXPECT_TRUE(flights.enter(eve, 2));
    second.reset();
    EXPECT_TRUE(flights.enter(ada, 2));
  }
  EXPECT_TRUE(flights.enter(ada, 1)) << "all have left";
}

}  // namespace
}  // namespace portico::auth::test
