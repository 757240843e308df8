// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include "base/clock.h"
#include <portico/callable.h>

#include <cstdint>
#include <cstring>
#include <string>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

TEST(Arena, AlignsEveryBlock) {
  Arena arena;
  for (const std::size_t alignment : {1U, 2U, 4U, 8U, 16U, 64U, 4096U}) {
    for (const std::size_t size : {0U, 1U, 3U, 17U, 300U}) {
      void* const block = arena.allocate(size, alignment);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0U);
      std::memset(block, 'x', size);
    }
  }
}

TEST(Arena, KeepsBlocksApart) {
  Arena arena(128);
  std::string expected;
  std::vector<std::string_view> copies;
  for (int i = 0; i < 500; ++i) {
    copies.push_back(
        arena.copy(std::string(static_cast<std::size_t>(i % 60), static_cast<char>('a' + i % 26))));
  }
  for (int i = 0; i < 500; ++i) {
    EXPECT_EQ(copies[static_cast<std::size_t>(i)],
              std::string(static_cast<std::size_t>(i % 60), static_cast<char>('a' + i % 26)));
  }
}

TEST(Arena, GivesALargeBlockItsOwnChunk) {
  Arena arena;
  const auto* const before = static_cast<char*>(arena.allocate(8));
  std::memset(arena.allocate(1 << 20), 'x', 1 << 20);
  const auto* const after = static_cast<char*>(arena.allocate(8));
  EXPECT_LT(after - before, 64);
  EXPECT_GE(arena.used(), (1U << 20U) + 16);
}

TEST(Arena, UsesItsFirstChunkAgain) {
  Arena arena;
  void* const first = arena.allocate(100);
  arena.reset();
  EXPECT_EQ(arena.used(), 0U);
  EXPECT_EQ(arena.allocate(100), first);
}

TEST(Arena, LearnsHowMuchARequestNeeds) {
  Arena arena(256);
  /// How often a block does not lie behind the one before.
  const auto request = [&arena] {
    const auto* last = static_cast<char*>(arena.allocate(8));
    int jumps = 0;
    for (int i = 0; i < 50; ++i) {
      const auto* const next = static_cast<char*>(arena.allocate(24));
      if (next <= last || next - last > 64) ++jumps;
      last = next;
    }
    arena.reset();
    return jumps;
  };
  request();
  EXPECT_EQ(request(), 0) << "all in one chunk now";
}

TEST(Arena, HoldsNothingOnceCleared) {
  Arena arena;
  arena.reset();
  (void)arena.allocate(10);
  arena.clear();
  EXPECT_EQ(arena.used(), 0U);
  std::memset(arena.allocate(10), 'x', 10);
}

TEST(ArenaScope, NestsAndRestores) {
  EXPECT_EQ(Arena::current(), nullptr);
  EXPECT_EQ(portico::detail::request_memory(8, 8), nullptr);
  Arena outer;
  Arena inner;
  {
    const ArenaScope first(outer);
    EXPECT_EQ(Arena::current(), &outer);
    {
      const ArenaScope second(inner);
      EXPECT_EQ(Arena::current(), &inner);
      EXPECT_NE(portico::detail::request_memory(8, 8), nullptr);
      EXPECT_EQ(inner.used(), 8U);
    }
    EXPECT_EQ(Arena::current(), &outer);
  }
  EXPECT_EQ(Arena::current(), nullptr);
}

TEST(Clock, GoesForwardAndKnowsTheYear) {
  const Clock& clock = system_clock();
  const auto before = clock.now();
  EXPECT_GE(clock.now(), before);
  EXPECT_GT(clock.unix_time(), std::chrono::years(50));
}

}  // namespace
}  // namespace portico::base
