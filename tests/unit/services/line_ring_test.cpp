// SPDX-License-Identifier: Apache-2.0
#include "services/log/line_ring.h"

#include <algorithm>
#include <random>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace portico::services {
namespace {

constexpr std::size_t Most = 64;

bool put(LineRing& ring, std::string_view line) {
  const std::span<char> room = ring.room(Most);
  if (room.empty()) return false;
  std::ranges::copy(line, room.begin());
  static_cast<void>(ring.wrote(line.size()));
  return true;
}

std::string take_all(LineRing& ring) {
  std::string all;
  for (std::string_view lines = ring.lines(); !lines.empty(); lines = ring.lines()) {
    all += lines;
    ring.taken(lines.size());
  }
  return all;
}

TEST(LineRing, GivesLinesInTheOrderInWhichTheyWerePut) {
  LineRing ring(1024);
  EXPECT_EQ(take_all(ring), "");
  EXPECT_TRUE(put(ring, "one\n"));
  EXPECT_TRUE(put(ring, "two\n"));
  EXPECT_EQ(take_all(ring), "one\ntwo\n");
  EXPECT_EQ(take_all(ring), "");
}

TEST(LineRing, NeverLaysALineAcrossTheEndOfItsMemory) {
  LineRing ring(256);
  std::string put_in;
  std::string taken;
  for (int i = 0; i < 1000; ++i) {
    const std::string line = std::string(static_cast<std::size_t>(i % 50), 'x') + "\n";
    ASSERT_TRUE(put(ring, line));
    put_in += line;
    const std::string_view lines = ring.lines();
    ASSERT_TRUE(lines.ends_with('\n'));
    ASSERT_EQ(static_cast<std::size_t>(i % 50) + 1, lines.size());
    taken += lines;
    ring.taken(lines.size());
  }
  EXPECT_EQ(taken, put_in);
}

TEST(LineRing, LosesAndCountsWhatFindsNoRoom) {
  LineRing ring(256);
  int kept = 0;
  while (put(ring, std::string(Most - 1, 'x') + "\n")) ++kept;
  EXPECT_EQ(kept, 4);
  EXPECT_FALSE(put(ring, "y\n"));
  EXPECT_EQ(ring.lost(), 2U);
  EXPECT_EQ(take_all(ring).size(), 4 * Most);
  EXPECT_TRUE(put(ring, "z\n"));
  EXPECT_EQ(take_all(ring), "z\n");
  EXPECT_EQ(ring.lost(), 2U);
}

TEST(LineRing, BeginsAnewWhereNothingWaits) {
  LineRing ring(4096);
  const char* const beginning = ring.room(Most).data();
  std::size_t farthest = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto place = static_cast<std::size_t>(ring.room(Most).data() - beginning);
    farthest = std::max(farthest, place);
    ASSERT_TRUE(put(ring, std::to_string(i) + "\n"));
    ASSERT_EQ(take_all(ring), std::to_string(i) + "\n");
  }
  EXPECT_LT(farthest, 4096U / 8);
  EXPECT_EQ(ring.lost(), 0U);
}

TEST(LineRing, HasAllItsRoomWhenItBeginsAnew) {
  LineRing ring(4096);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(put(ring, std::string(Most - 1, 'x') + "\n"));
    take_all(ring);
  }
  int kept = 0;
  while (put(ring, std::string(Most - 1, 'y') + "\n")) ++kept;
  EXPECT_EQ(kept, 4096 / 64);
  EXPECT_EQ(take_all(ring).size(), 4096U);
}

TEST(LineRing, KeepsWhatIsPutWhateverTheOrderOfPuttingAndTaking) {
  std::minstd_rand random(7);
  for (int round = 0; round < 200; ++round) {
    LineRing ring(512);
    std::string put_in;
    std::string taken;
    for (int i = 0; i < 500; ++i) {
      const std::string line(1 + random() % Most, static_cast<char>('a' + i % 26));
      if (random() % 2 == 0) {
        if (put(ring, line)) put_in += line;
      } else if (const std::string_view lines = ring.lines(); !lines.empty()) {
        const std::size_t some = 1 + random() % lines.size();
        taken += lines.substr(0, some);
        ring.taken(some);
      }
    }
    taken += take_all(ring);
    ASSERT_EQ(taken, put_in) << round;
  }
}

TEST(LineRing, SaysWhenMoreThanHalfIsFullAndNotBefore) {
  LineRing ring(1024);
  const auto hurries = [&] {
    static_cast<void>(ring.room(Most));
    return ring.wrote(Most);
  };
  for (int i = 0; i < 7; ++i) EXPECT_FALSE(hurries()) << i;
  EXPECT_TRUE(hurries());
  EXPECT_FALSE(hurries());
  EXPECT_TRUE(hurries()) << "nobody has come";
  take_all(ring);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(hurries()) << i;
}

TEST(LineRing, CarriesEveryLineFromOneThreadToAnother) {
  constexpr int Lines = 200'000;
  LineRing ring(4096);
  std::thread producer([&ring] {
    for (int i = 0; i < Lines;) {
      const std::span<char> room = ring.room(Most);
      if (room.empty()) {
        std::this_thread::yield();
        continue;
      }
      const std::string line = std::to_string(i++) + "\n";
      std::ranges::copy(line, room.begin());
      static_cast<void>(ring.wrote(line.size()));
    }
  });
  int expected = 0;
  while (expected < Lines) {
    const std::string_view lines = ring.lines();
    if (lines.empty()) std::this_thread::yield();
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = lines.find('\n', at);
      ASSERT_EQ(lines.substr(at, end - at), std::to_string(expected++));
      at = end + 1;
    }
    ring.taken(lines.size());
  }
  producer.join();
}

}  // namespace
}  // namespace portico::services
