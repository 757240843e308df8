// SPDX-License-Identifier: Apache-2.0
#include "sql/migration_plan.h"

#include "sql/migration_text.h"

#include <array>
#include <functional>

#include <gtest/gtest.h>

namespace portico::sql {
namespace {

constexpr std::array Steps{
    Migration{1, "users", "CREATE TABLE users (id TEXT)", "DROP TABLE users"},
    Migration{2, "names", "ALTER TABLE users ADD COLUMN name TEXT", ""},
    Migration{3, "mails", "ALTER TABLE users ADD COLUMN mail TEXT",
              "ALTER TABLE users DROP COLUMN mail"}};

class MigrationPlan : public testing::Test {
 protected:
  void applied(std::uint32_t number, const std::string& owner = "auth") {
    const Migration& step = Steps.at(number - 1);
    history_.push_back({.owner = owner,
                        .number = number,
                        .name = std::string(step.name),
                        .checksum = checksum_of(step)});
  }
  /// The numbers of what is pending, or what is refused.
  std::string pending(std::size_t known = Steps.size()) {
    try {
      std::string numbers;
      for (const Migration& step :
           pending_steps("main", {"auth", std::span(Steps).first(known)}, history_)) {
        numbers += std::to_string(step.number);
      }
      return numbers;
    } catch (const MigrationError& error) {
      EXPECT_EQ(error.owner(), "auth");
      return text_of(error);
    }
  }

  std::vector<AppliedStep> history_;
};

TEST_F(MigrationPlan, GoesOnAfterWhatWasApplied) {
  EXPECT_EQ(pending(), "123");
  applied(1);
  applied(2);
  EXPECT_EQ(pending(), "3");
  applied(3);
  EXPECT_EQ(pending(), "");
}

TEST_F(MigrationPlan, LooksAtItsOwnStepsAlone) {
  applied(1, "notify");
  applied(2, "notify");
  applied(3, "notify");
  EXPECT_EQ(pending(), "123");
}

TEST_F(MigrationPlan, RefusesAStepThatHasChanged) {
  applied(1);
  history_[0].checksum = "0";
  EXPECT_EQ(pending(),
            "migration 1 (users) of auth is not the one that was applied to the database main: its "
            "text has changed since; a step that was published never changes; install a version of "
            "auth that has it as it was");
}

TEST_F(MigrationPlan, RefusesAHistoryWithAGap) {
  applied(1);
  applied(3);
  EXPECT_EQ(pending(),
            "the database main has migration 3 of auth and not 2; somebody changed its table "
            "portico_migrations; restore it from a backup");
}

TEST_F(MigrationPlan, RefusesNewerStepsThanItKnows) {
  applied(1);
  applied(2);
  applied(3);
  EXPECT_EQ(pending(2),
            "the database main has migration 3 of auth, and this version knows no more than 2; "
            "install the newer version again, or undo with it what is too much: `portico migrate "
            "--down-to auth=2`");
}

TEST_F(MigrationPlan, UndoesTheLastStepFirst) {
  applied(1);
  applied(2);
  applied(3);
  const OwnedSteps owned{"auth", Steps};
  ASSERT_EQ(steps_down_to("main", owned, 2, history_).size(), 1U);
  EXPECT_EQ(steps_down_to("main", owned, 2, history_)[0].number, 3U);
  EXPECT_TRUE(steps_down_to("main", owned, 3, history_).empty());
  EXPECT_TRUE(steps_down_to("main", owned, 9, history_).empty());
}

TEST_F(MigrationPlan, RefusesToPassAStepThatCannotBeUndone) {
  applied(1);
  applied(2);
  applied(3);
  try {
    (void)steps_down_to("main", {"auth", Steps}, 1, history_);
    FAIL() << "it was passed";
  } catch (const MigrationError& error) {
    EXPECT_EQ(text_of(error),
              "migration 2 (names) of auth cannot be undone; nothing was changed; stay at it, or "
              "restore the database main from a backup");
  }
}

}  // namespace
}  // namespace portico::sql
