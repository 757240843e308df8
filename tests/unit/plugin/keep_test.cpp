// SPDX-License-Identifier: Apache-2.0
#include "plugin/keep.h"

#include <optional>
#include <stdexcept>
#include <utility>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

std::shared_ptr<void> ask(Keep& keep, std::string_view plugin, std::string_view key, int made) {
  return keep.find_or_make(plugin, key, sizeof(int),
                           [made] { return std::make_shared<int>(made); });
}

int value(const std::shared_ptr<void>& kept) { return *static_cast<const int*>(kept.get()); }

TEST(Keep, MakesAValueOnceForAPluginAndAKey) {
  Keep keep;
  const Keep::Lease lease(keep, "a");
  const Keep::Lease other(keep, "b");
  EXPECT_EQ(value(ask(keep, "a", "count", 1)), 1);
  EXPECT_EQ(value(ask(keep, "a", "count", 2)), 1);
  EXPECT_EQ(value(ask(keep, "b", "count", 3)), 3);
  EXPECT_EQ(value(ask(keep, "a", "other", 4)), 4);
}

TEST(Keep, RefusesAValueOfAnotherSize) {
  Keep keep;
  const Keep::Lease lease(keep, "a");
  static_cast<void>(ask(keep, "a", "count", 1));
  EXPECT_THROW(static_cast<void>(keep.find_or_make("a", "count", sizeof(char),
                                                   [] { return std::make_shared<char>('x'); })),
               std::logic_error);
}

TEST(Keep, KeepsNothingWhenTheMakerThrows) {
  Keep keep;
  const Keep::Lease lease(keep, "a");
  EXPECT_THROW(static_cast<void>(keep.find_or_make("a", "count", sizeof(int),
                                                   []() -> std::shared_ptr<void> { throw 1; })),
               int);
  EXPECT_EQ(value(ask(keep, "a", "count", 2)), 2);
}

TEST(Keep, LetsAMakerAskForAnotherValue) {
  Keep keep;
  const Keep::Lease lease(keep, "a");
  const auto outer =
      keep.find_or_make("a", "outer", sizeof(int), [&] { return ask(keep, "a", "inner", 7); });
  EXPECT_EQ(value(outer), 7);
}

TEST(Keep, LetsGoWithTheLastLeaseOfThePlugin) {
  Keep keep;
  std::optional<Keep::Lease> first(std::in_place, keep, "a");
  std::optional<Keep::Lease> second(std::in_place, keep, "a");
  const Keep::Lease other(keep, "b");
  const std::weak_ptr<void> gone = ask(keep, "a", "count", 1);
  const std::weak_ptr<void> stays = ask(keep, "b", "count", 2);
  first.reset();
  EXPECT_FALSE(gone.expired());
  second.reset();
  EXPECT_TRUE(gone.expired());
  EXPECT_FALSE(stays.expired());
  const Keep::Lease later(keep, "a");
  EXPECT_EQ(value(ask(keep, "a", "count", 3)), 3);
}

}  // namespace
}  // namespace portico::plugin
