// SPDX-License-Identifier: Apache-2.0
#include "live/seats.h"

#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using Shortage = Seats::Shortage;

std::optional<Shortage> shortage(const std::variant<Seat, Shortage>& taken) {
  const auto* const lacking = std::get_if<Shortage>(&taken);
  return lacking == nullptr ? std::nullopt : std::optional(*lacking);
}

TEST(Seats, AreSoManyForEach) {
  const auto seats = std::make_shared<Seats>(Seats::Limits{.all = 3, .of_user = 2});
  std::vector<std::variant<Seat, Shortage>> taken;
  for (int i = 0; i < 2; ++i) taken.push_back(seats->take("ada"));
  EXPECT_EQ(shortage(taken.back()), std::nullopt);
  EXPECT_EQ(shortage(seats->take("ada")), Shortage::OfUser);
  taken.push_back(seats->take("bob"));
  EXPECT_EQ(shortage(seats->take("bob")), Shortage::All);
  EXPECT_EQ(seats->taken(), 3U);
}

TEST(Seats, AreFreeAgainWhenTheyGo) {
  const auto seats = std::make_shared<Seats>(Seats::Limits{.all = 1, .of_user = 1});
  {
    auto seat = std::get<Seat>(seats->take("ada"));
    const Seat moved = std::move(seat);
    EXPECT_EQ(seats->taken(), 1U);
  }
  EXPECT_EQ(seats->taken(), 0U);
  EXPECT_EQ(shortage(seats->take("bob")), std::nullopt);
}

TEST(Seats, LastAsLongAsSomebodySits) {
  auto seats = std::make_shared<Seats>(Seats::Limits());
  const std::weak_ptr<Seats> known = seats;
  auto seat = std::make_unique<Seat>(std::get<Seat>(seats->take("ada")));
  seats.reset();
  EXPECT_FALSE(known.expired());
  seat.reset();
  EXPECT_TRUE(known.expired());
}

}  // namespace
}  // namespace portico::notify
