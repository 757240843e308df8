// SPDX-License-Identifier: Apache-2.0
// Dates, ids, and the census.
#include "base/arena.h"
#include "server/census.h"
#include "server/http_date.h"
#include "server/request_ids.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

using namespace std::chrono_literals;

TEST(HttpDate, WritesWhatTheStandardShows) {
  HttpDate date;
  EXPECT_EQ(date.text(784'111'777s), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(date.text(784'111'777s + 999'999us), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(date.text(784'111'778s), "Sun, 06 Nov 1994 08:49:38 GMT");
  EXPECT_EQ(date.text(0s), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(date.text(1'709'164'799s), "Wed, 28 Feb 2024 23:59:59 GMT");
  EXPECT_EQ(date.text(1'709'164'800s), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(RequestIds, AreAllDifferent) {
  base::Arena arena;
  RequestIds one;
  RequestIds other;
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_TRUE(seen.emplace(one.next(arena)).second);
    EXPECT_TRUE(seen.emplace(other.next(arena)).second);
  }
  std::set<char> digits;
  for (const std::string& id : seen) {
    EXPECT_EQ(id.size(), 32U);
    digits.insert(id.begin(), id.end());
  }
  EXPECT_EQ(std::string(digits.begin(), digits.end()), "0123456789abcdef");
}

TEST(Census, CountsInAllAndForEachClient) {
  const auto client = [](std::uint8_t last) {
    http::Address address{};
    address[15] = last;
    return address;
  };
  Census census(3, 2);
  EXPECT_TRUE(census.charge(client(1)));
  EXPECT_TRUE(census.charge(client(1)));
  EXPECT_FALSE(census.charge(client(1)));
  EXPECT_TRUE(census.charge(client(2)));
  census.discharge(client(1));
  EXPECT_TRUE(census.charge(client(1)));
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(census.full(Serves::Gateway));
    census.enter(Serves::Gateway);
  }
  EXPECT_TRUE(census.full(Serves::Gateway));
  census.leave(Serves::Gateway);
  EXPECT_FALSE(census.full(Serves::Gateway));
  EXPECT_EQ(census.open(), 2U);
}

TEST(Census, KeepsRoomForWhoAsksHowItIs) {
  Census census(1, 1);
  for (std::size_t i = 0; i < Census::MostOthers; ++i) {
    EXPECT_FALSE(census.full(Serves::Admin));
    census.enter(i % 2 == 0 ? Serves::Admin : Serves::Probes);
  }
  EXPECT_TRUE(census.full(Serves::Probes));
  EXPECT_FALSE(census.full(Serves::Gateway));
  census.enter(Serves::Gateway);
  EXPECT_TRUE(census.full(Serves::Gateway));
  census.leave(Serves::Admin);
  EXPECT_FALSE(census.full(Serves::Admin));
  EXPECT_TRUE(census.full(Serves::Gateway));
}

}  // namespace
}  // namespace portico::server
