// SPDX-License-Identifier: Apache-2.0
#include "throttle/tally.h"

#include "store/tables.h"
#include "throttle/device.h"
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

constexpr device::Owner Ada{"ada@example.com", 5s};

TEST(Device, IsKnownByItsCookieForOneAccount) {
  const auto key = bytes<32>(1);
  const std::string cookie = device::write(key, Ada, bytes<16>(7));
  EXPECT_TRUE(device::read(key, Ada, cookie));
  EXPECT_FALSE(device::read(key, {"eve@example.com", 5s}, cookie));
  EXPECT_FALSE(device::read(bytes<32>(2), Ada, cookie));
  EXPECT_NE(device::read(key, Ada, cookie),
            device::read(key, Ada, device::write(key, Ada, bytes<16>(8))));
}

TEST(Device, IsUnknownUnderAnotherPassword) {
  const auto key = bytes<32>(1);
  const std::string cookie = device::write(key, Ada, bytes<16>(7));
  EXPECT_FALSE(device::read(key, {Ada.account, Ada.password_since + 1us}, cookie));
  EXPECT_FALSE(device::read(key, {Ada.account, Time(0)}, cookie));
}

TEST(Device, IsUnknownByAnythingElse) {
  const auto key = bytes<32>(1);
  std::string cookie = device::write(key, Ada, bytes<16>(7));
  EXPECT_FALSE(device::read(key, Ada, ""));
  EXPECT_FALSE(device::read(key, Ada, cookie + "A"));
  for (char& letter : cookie) {
    const char before = std::exchange(letter, letter == 'A' ? 'Q' : 'A');
    EXPECT_FALSE(device::read(key, Ada, cookie));
    letter = before;
  }
}

}  // namespace
}  // namespace portico::auth::test
