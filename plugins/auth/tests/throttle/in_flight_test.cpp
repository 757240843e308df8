// SPDX-License-Identifier: Apache-2.0
#include "throttle/in_flight.h"

#include "store/tables.h"

#include <atomic>
#include <latch>
#include <thread>

namespace portico::auth::test {
namespace {

using throttle::InFlight;
using throttle::LoginTry;

LoginTry tried(std::string_view account, std::string_view address) {
  return {bytes<32>(1), account, address};
}

LoginTry ada() { return tried("ada@example.com", "192.0.2.7"); }

TEST(InFlight, TakesFiveOfSixWhoComeAtOnce) {
  InFlight in_flight;
  std::atomic<int> entered = 0;
  std::latch all_have_tried(6);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      const auto place = in_flight.enter(ada(), InFlight::Most);
      entered += place ? 1 : 0;
      all_have_tried.arrive_and_wait();
    });
  }
  threads.clear();
  EXPECT_EQ(entered, 5);
  EXPECT_TRUE(in_flight.enter(ada(), 1)) << "all have left";
}

TEST(InFlight, HoldsNobodyElsesPlaces) {
  InFlight in_flight;
  const auto place = in_flight.enter(ada(), 1);
  EXPECT_FALSE(in_flight.enter(ada(), 1));
  EXPECT_TRUE(in_flight.enter(tried("eve@example.com", "192.0.2.7"), 1));
  EXPECT_TRUE(in_flight.enter(tried("ada@example.com", "198.51.100.1"), 1));
}

TEST(InFlight, GivesAPlaceBackOnceThoughItWasMoved) {
  InFlight in_flight;
  auto first = in_flight.enter(ada(), 2);
  auto second = in_flight.enter(ada(), 2);
  { const InFlight::Place moved = *std::move(first); }
  first.reset();
  EXPECT_TRUE(in_flight.enter(ada(), 2));
  EXPECT_FALSE(in_flight.enter(ada(), 1)) << "the second is still there";
}

}  // namespace
}  // namespace portico::auth::test
