// SPDX-License-Identifier: Apache-2.0
#include "plugin/services.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using Need = Services::Need;

TEST(Services, FillSlotsThatWereAskedForBeforeTheProviderCame) {
  Services services;
  void* const* slot = services.slot("needs", "tally/1", Need::Required);
  EXPECT_EQ(*slot, nullptr);
  int tally = 0;
  EXPECT_FALSE(services.offer({"gives", "tally/1", &tally}));
  EXPECT_TRUE(services.resolve().empty());
  EXPECT_EQ(*slot, &tally);
  EXPECT_EQ(services.find("tally/1"), &tally);
}

TEST(Services, SayWhoProvidesANameAlready) {
  Services services;
  int first = 0;
  int second = 0;
  EXPECT_FALSE(services.offer({"one", "tally/1", &first}));
  EXPECT_EQ(services.offer({"two", "tally/1", &second}), "one");
  EXPECT_EQ(services.find("tally/1"), &first);
}

TEST(Services, TakeWhatIsProvidedOtherwiseWhereNobodyElseProvidesIt) {
  int first = 0;
  int otherwise = 0;
  Services services;
  EXPECT_FALSE(services.offer({"auth", "tally/1", &otherwise, false}));
  EXPECT_EQ(services.find("tally/1"), &otherwise);
  EXPECT_FALSE(services.offer({"rbac", "tally/1", &first}));
  EXPECT_EQ(services.find("tally/1"), &first);
  // In whatever order they come, and one of each.
  EXPECT_FALSE(services.offer({"auth", "tally/1", &otherwise, false}));
  EXPECT_EQ(services.find("tally/1"), &first);
  EXPECT_EQ(services.offer({"third", "tally/1", &otherwise}), "rbac");
  Services two;
  EXPECT_FALSE(two.offer({"one", "tally/1", &first, false}));
  EXPECT_EQ(two.offer({"two", "tally/1", &otherwise, false}), "one");
}

TEST(Services, NameWhoNeedsAMissingOneAndWhoProvidesIt) {
  Services services;
  static_cast<void>(services.slot("notify", "identity/1", Need::Required));
  static_cast<void>(services.slot("notify", "identity/1", Need::Required));
  const auto missing = services.resolve();
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].plugin, "notify");
  EXPECT_EQ(missing[0].name, "identity/1");
  EXPECT_EQ(missing[0].remedy, "add the plugin auth to `plugins`");
}

TEST(Services, NameTheVersionThatIsThere) {
  Services services;
  int tally = 0;
  EXPECT_FALSE(services.offer({"gives", "tally/2", &tally}));
  static_cast<void>(services.slot("needs", "tally/1", Need::Required));
  const auto missing = services.resolve();
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].remedy,
            "the plugin gives provides tally/2; use versions of both that agree");
}

TEST(Services, LeaveAnOptionalOneNull) {
  Services services;
  void* const* slot = services.slot("needs", "tally/1", Need::Optional);
  EXPECT_TRUE(services.resolve().empty());
  EXPECT_EQ(*slot, nullptr);
}

TEST(Services, AnswerAtOnceOnceTheyAreResolved) {
  Services services;
  int tally = 0;
  EXPECT_FALSE(services.offer({"gives", "tally/1", &tally}));
  EXPECT_TRUE(services.resolve().empty());
  EXPECT_EQ(*services.slot("late", "tally/1", Need::Required), &tally);
  EXPECT_EQ(*services.slot("late", "other/1", Need::Optional), nullptr);
  EXPECT_THROW(static_cast<void>(services.slot("late", "other/1", Need::Required)),
               std::runtime_error);
}

TEST(Services, RefuseANameWithoutVersion) {
  Services services;
  EXPECT_THROW(static_cast<void>(services.slot("needs", "tally", Need::Required)),
               std::logic_error);
}

}  // namespace
}  // namespace portico::plugin
