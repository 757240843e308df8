// SPDX-License-Identifier: Apache-2.0
#include "loop/input.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace portico::loop {
namespace {

void arrive(Input& input, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::span<char> room = input.room();
    ASSERT_FALSE(room.empty());
    const std::size_t size = std::min(room.size(), bytes.size());
    std::ranges::copy(bytes.substr(0, size), room.begin());
    input.filled(size);
    bytes.remove_prefix(size);
  }
}

TEST(Input, KeepsWhatNobodyTook) {
  Input input;
  arrive(input, "hello world");
  input.consume(6);
  EXPECT_EQ(input.bytes(), "world");
  arrive(input, "!");
  EXPECT_EQ(input.bytes(), "world!");
}

TEST(Input, APinnedHeadStaysWhileABodyPassesThrough) {
  Input input;
  const std::string head(3000, 'h');
  arrive(input, head + "body");
  const std::string_view pinned = input.bytes().substr(0, head.size());
  input.pin(head.size());
  for (int i = 0; i < 100; ++i) {
    arrive(input, std::string(10'000, 'b'));
    input.consume(input.bytes().size());
  }
  EXPECT_EQ(pinned, head);
}

TEST(Input, AHeadThatFillsItsBlockStaysWhileTheBodyGetsAnother) {
  Input input;
  const std::string head(30'000, 'h');
  arrive(input, head);
  const std::string_view pinned = input.bytes();
  input.pin(head.size());
  const std::string body(200'000, 'b');
  arrive(input, body);
  EXPECT_EQ(pinned, head);
  EXPECT_EQ(input.bytes(), body);
  input.consume(body.size());
  input.unpin();
  arrive(input, "next");
  EXPECT_EQ(input.bytes(), "next");
}

/// Random arrivals, pins and takings, against a plain string.
TEST(Input, AgreesWithAString) {
  std::mt19937 random(3);
  Input input;
  std::string expected;
  std::string_view pinned;
  std::string pinned_copy;
  for (int round = 0; round < 20'000; ++round) {
    switch (random() % 5) {
      case 0:
      case 1: {
        const std::string bytes(random() % 6000, static_cast<char>('a' + round % 26));
        if (expected.size() > 60'000) break;
        arrive(input, bytes);
        expected += bytes;
        break;
      }
      case 2: {
        const std::size_t count = random() % (expected.size() + 1);
        input.consume(count);
        expected.erase(0, count);
        break;
      }
      case 3:
        if (!pinned.empty() || expected.empty()) break;
        pinned = input.bytes().substr(0, 1 + random() % expected.size());
        pinned_copy = pinned;
        input.pin(pinned.size());
        expected.erase(0, pinned.size());
        break;
      default:
        ASSERT_EQ(pinned, pinned_copy);
        input.unpin();
        pinned = {};
        pinned_copy.clear();
    }
    ASSERT_EQ(input.bytes(), expected) << round;
  }
}

}  // namespace
}  // namespace portico::loop
