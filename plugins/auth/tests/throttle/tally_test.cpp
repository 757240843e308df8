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
  std::vector<std::int64_t> waits;
  for (std::int64_t count = 1; count <= 18; ++count) {
    const Tally tally{count, Start, Time(0)};
    const Time wait = rule.wait(tally, Start);
    waits.push_back(wait / 1s);
    EXPECT_EQ(rule.wait(tally, Start + wait), 0s) << "never for good";
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512,
                                              900, 900, 900, 900}));
}

TEST(Backoff, ForgetsAfterAQuietDay) {
  const Tally tally{10, Start, Time(0)};
  EXPECT_EQ(Backoff::failures(tally, Start + 24h - 1us), 10);
  EXPECT_EQ(Backoff::failures(tally, Start + 24h), 0);
}

TEST(Backoff, BearsAnyCount) {
  const Tally tally{std::int64_t{1} << 60, Start, Time(0)};
  EXPECT_EQ(Backoff().wait(tally, Start), Backoff().cap);
  const Backoff flat{.start = 100, .base = 1min, .factor = 1, .cap = 1h};
  EXPECT_EQ(flat.wait(tally, Start), 1min);
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
