// SPDX-License-Identifier: Apache-2.0
#include "tls/ticket_keys.h"

#include "unit/tls/client.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace portico::tls {
namespace {

using namespace std::chrono_literals;

const std::string Secret(32, 's');

bool same(const TicketKey& left, const TicketKey& right) {
  return left.name == right.name && left.cipher == right.cipher && left.mac == right.mac;
}

TEST(TicketKeys, AreTheSameOnEveryNode) {
  FakeClock clock;
  const TicketKeys one(Secret, clock);
  clock.time += 1h;  // The other one starts later.
  const TicketKeys two(Secret, clock);
  EXPECT_TRUE(same(one.current(), two.current()));
}

TEST(TicketKeys, DifferWithTheSecret) {
  const FakeClock clock;
  const TicketKey one = TicketKeys(Secret, clock).current();
  const TicketKey two = TicketKeys(Secret + "x", clock).current();
  EXPECT_NE(one.name, two.name);
  EXPECT_NE(one.cipher, two.cipher);
  EXPECT_NE(one.mac, two.mac);
}

TEST(TicketKeys, AreNotEachOther) {
  const FakeClock clock;
  const TicketKey key = TicketKeys(Secret, clock).current();
  EXPECT_NE(key.cipher, key.mac);
  EXPECT_FALSE(std::ranges::equal(key.name, std::span(key.cipher).first<16>()));
}

TEST(TicketKeys, ChangeEveryTwelveHours) {
  FakeClock clock;
  const TicketKeys keys(Secret, clock);
  const TicketKey first = keys.current();
  clock.time += 12h - 1s;
  EXPECT_TRUE(same(keys.current(), first));
  clock.time += 1s;
  EXPECT_FALSE(same(keys.current(), first));
}

TEST(TicketKeys, OpenWhatThePeriodBeforeSealed) {
  FakeClock clock;
  const TicketKeys keys(Secret, clock);
  const TicketKey first = keys.current();
  EXPECT_TRUE(keys.find(first.name)->current);
  clock.time += 12h;
  const auto found = keys.find(first.name);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->current);
  EXPECT_TRUE(same(found->key, first));
  clock.time += 12h;
  EXPECT_FALSE(keys.find(first.name));
}

TEST(TicketKeys, OpenWhatANodeAheadSealed) {
  FakeClock clock;
  FakeClock ahead;
  ahead.time += 12h;
  const TicketKeys keys(Secret, clock);
  const TicketKey next = TicketKeys(Secret, ahead).current();
  const auto found = keys.find(next.name);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->current);
  EXPECT_TRUE(same(found->key, next));
}

TEST(TicketKeys, DoNotFindStrangers) {
  const FakeClock clock;
  const std::array<unsigned char, TicketKey::NameSize> name{};
  EXPECT_FALSE(TicketKeys(Secret, clock).find(name));
}

TEST(TicketKeys, DoNotMindAClockThatGoesBack) {
  FakeClock clock;
  const TicketKeys keys(Secret, clock);
  const TicketKey first = keys.current();
  clock.time += 48h;
  EXPECT_FALSE(same(keys.current(), first));
  clock.time -= 48h;
  EXPECT_TRUE(same(keys.current(), first));
}

}  // namespace
}  // namespace portico::tls
