// SPDX-License-Identifier: Apache-2.0
#include "plugin/generation.h"

#include "unit/plugin/diary_plugins.h"
#include "unit/plugin/generation_fixture.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using test::diary;
using test::Lines;

class Life : public test::GenerationTest {
 protected:
  Life() {
    diary().clear();
    link<test::PluginA>();
    link<test::PluginB>();
    link<test::PluginC>();
  }

  /// The diary since it was last taken.
  static Lines lines() { return std::exchange(diary(), {}); }
};

TEST_F(Life, GoesForwardInTheOrderOfTheFileAndBackInReverse) {
  auto generation = prepare("plugins:\n  b: {}\n  a: {}\n");
  ASSERT_NE(generation, nullptr) << text();
  EXPECT_EQ(lines(), (Lines{"b construct", "a construct", "b setup", "a setup"}));
  ASSERT_TRUE(generation->start(problems_));
  EXPECT_EQ(lines(), (Lines{"b start", "a start"}));
  generation->retire();
  EXPECT_EQ(lines(), (Lines{"a retire", "b retire"}));
  generation->stop();
  EXPECT_EQ(lines(), (Lines{"a stop", "b stop"}));
  generation.reset();
  EXPECT_EQ(lines(), (Lines{"a destroy", "b destroy"}));
}

TEST_F(Life, EndsInOrderWhenItIsOnlyDestroyed) {
  auto generation = prepare("plugins: {a: {}}");
  ASSERT_TRUE(generation->start(problems_));
  lines();
  generation.reset();
  EXPECT_EQ(lines(), (Lines{"a retire", "a stop", "a destroy"}));
}

TEST_F(Life, DoesNotRetireWhatWasNeverStarted) {
  auto generation = prepare("plugins: {a: {}}");
  lines();
  generation.reset();
  EXPECT_EQ(lines(), Lines{"a destroy"});
}

TEST_F(Life, RetiresAndStopsOnce) {
  auto generation = prepare("plugins: {a: {}}");
  ASSERT_TRUE(generation->start(problems_));
  lines();
  for (int i = 0; i < 2; ++i) {
    generation->retire();
    generation->stop();
  }
  EXPECT_EQ(lines(), (Lines{"a retire", "a stop"}));
}

TEST_F(Life, UndoesWhatWasStartedWhenAStartFails) {
  auto generation = prepare("plugins:\n  a: {}\n  b: {}\n  c: {fail_in: start}\n");
  ASSERT_NE(generation, nullptr);
  lines();
  EXPECT_FALSE(generation->start(problems_));
  EXPECT_EQ(lines(),
            (Lines{"a start", "b start", "c start", "b retire", "a retire", "b stop", "a stop"}));
  EXPECT_EQ(text(),
            "portico.yaml:4:3: plugins.c: `start` failed: the disk is full\n"
            "1 problem, nothing started.\n");
  generation.reset();
  EXPECT_EQ(lines(), (Lines{"c destroy", "b destroy", "a destroy"}));
}

TEST_F(Life, NamesPluginFileAndLineOfEveryConstructorThatFails) {
  EXPECT_EQ(prepare("plugins:\n  a: {throws_int_in: construct}\n  b: {fail_in: construct}\n"),
            nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:3: plugins.a: its constructor failed: threw a value of type int\n"
            "portico.yaml:3:3: plugins.b: its constructor failed: the disk is full\n"
            "2 problems, nothing started.\n");
}

TEST_F(Life, NamesEverySetupThatFails) {
  EXPECT_EQ(prepare("plugins:\n  a: {throws_int_in: setup}\n  b: {fail_in: setup}\n"), nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:3: plugins.a: `setup` failed: threw a value of type int\n"
            "portico.yaml:3:3: plugins.b: `setup` failed: the disk is full\n"
            "2 problems, nothing started.\n");
}

TEST_F(Life, TellsAllFaultsOfSettingsBeforeAnythingIsConstructed) {
  EXPECT_EQ(prepare("plugins:\n  a: {store: tape}\n  b: {stor: memory}\n"), nullptr);
  EXPECT_EQ(problems_.errors(), 2U) << text();
  EXPECT_NE(text().find("portico.yaml:2:14: plugins.a.store"), std::string::npos) << text();
  EXPECT_NE(text().find("portico.yaml:3:7: plugins.b.stor"), std::string::npos) << text();
  EXPECT_EQ(lines(), Lines());
}

TEST_F(Life, TellsTheFaultsOfOnePluginBesideThoseOfAnother) {
  EXPECT_EQ(prepare("plugins:\n  a: {fail_in: setup}\n  b: {store: tape}\n  c: {}\n"), nullptr);
  EXPECT_EQ(problems_.errors(), 2U) << text();
  EXPECT_EQ(lines(),
            (Lines{"a construct", "c construct", "a setup", "a destroy", "c setup", "c destroy"}));
}

TEST_F(Life, TellsFaultsOfSettingsBesideAPluginThatIsNotThere) {
  EXPECT_EQ(prepare("plugins:\n  absent: {}\n  a: {store: tape}\n"), nullptr);
  EXPECT_EQ(problems_.errors(), 2U) << text();
  EXPECT_NE(text().find("portico.yaml:2:3: plugins.absent: there is no plugin absent"),
            std::string::npos)
      << text();
}

TEST_F(Life, LogsWhatIsThrownOnTheWayOut) {
  auto generation = prepare("plugins:\n  a: {throws_int_in: retire}\n  b: {fail_in: stop}\n");
  ASSERT_TRUE(generation->start(problems_));
  lines();
  generation.reset();
  EXPECT_EQ(lines(), (Lines{"b retire", "a retire", "b stop", "a stop", "b destroy", "a destroy"}));
  EXPECT_TRUE(log_.saw("`retire` failed: threw a value of type int"));
  EXPECT_TRUE(log_.saw("`stop` failed: the disk is full"));
}

TEST_F(Life, LogsWhatDestructionThrows) {
  static detail::PluginEntry entry = *detail::plugin_entry<test::PluginD>();
  entry.destroy = [](Plugin* plugin) {
    delete plugin;
    throw 1;
  };
  libraries_.link(test::PluginD::info, entry);
  prepare("plugins: {d: {}}").reset();
  EXPECT_TRUE(log_.saw("its destructor failed: threw a value of type int"));
}

TEST_F(Life, RefusesAReloadThatChangesARestartField) {
  const auto serving = prepare("plugins: {a: {}}");
  ASSERT_NE(serving, nullptr);
  EXPECT_EQ(prepare("plugins:\n  a: {store: redis, pool: {size: 2, other: 2}}\n", serving.get()),
            nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:14: plugins.a.store: cannot change while Portico runs; "
            "restart Portico, or write the value that it had\n"
            "portico.yaml:2:34: plugins.a.pool.size: cannot change while Portico runs; "
            "restart Portico, or write the value that it had\n"
            "2 problems, nothing started.\n");
}

TEST_F(Life, LetsAReloadChangeOtherFieldsAndPlugins) {
  const auto serving = prepare("plugins: {a: {store: redis}}");
  ASSERT_NE(serving, nullptr);
  EXPECT_NE(
      prepare("plugins: {a: {store: redis, pool: {other: 2}}, b: {store: redis}}", serving.get()),
      nullptr)
      << text();
}

TEST_F(Life, LeavesTheServingGenerationAloneWhenTheNewOneFails) {
  const auto serving = prepare("plugins: {a: {}}");
  ASSERT_TRUE(serving->start(problems_));
  lines();
  const auto next = prepare("plugins: {a: {}, b: {fail_in: start}}", serving.get());
  ASSERT_NE(next, nullptr);
  EXPECT_FALSE(next->start(problems_));
  EXPECT_EQ(lines(), (Lines{"a construct", "b construct", "a setup", "b setup", "a start",
                            "b start", "a retire", "a stop"}));
}

}  // namespace
}  // namespace portico::plugin
