// SPDX-License-Identifier: Apache-2.0
// The sample plugins, as files, through the real loader and a whole generation.
#include "unit/plugin/generation_fixture.h"
#include "unit/plugin/plugin_copy.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

class SamplePlugins : public test::GenerationTest {
 protected:
  SamplePlugins() { home_ = PluginHome({test::built_plugin("hello").parent_path()}); }

  std::string outcome(const std::string& where) {
    const auto generation = prepare("plugins:\n  throws: {where: " + where + "}\n");
    if (generation != nullptr && generation->start(problems_)) return "";
    const std::string all = text();
    return all.substr(0, all.find('\n'));
  }
};

TEST_F(SamplePlugins, DeclareWhatTheyShow) {
  const auto generation = prepare("plugins: {hello: {greeting: Ahoy}}");
  ASSERT_NE(generation, nullptr) << text();
  const Registrations& made = generation->find("hello")->registrations();
  EXPECT_NE(made.middleware("hello"), nullptr);
  ASSERT_EQ(made.routes.size(), 2U);
  EXPECT_EQ(made.routes[1].body_limit, Bytes{4096});
  EXPECT_NE(generation->find_command("hello").entry, nullptr);
  EXPECT_NE(generation->find_service("hello/1"), nullptr);
  ASSERT_TRUE(generation->start(problems_));
}

TEST_F(SamplePlugins, BindTheirSettingsWithLinesOfTheFile) {
  EXPECT_EQ(prepare("plugins:\n  hello:\n    greting: Ahoy\n"), nullptr);
  EXPECT_EQ(text().find("portico.yaml:3:5: plugins.hello.greting: unknown key"), 0U) << text();
}

TEST_F(SamplePlugins, FindTheirFileBesideTheYaml) {
  test::PluginCopy("hello").save(folder_, "mine.so");
  home_ = PluginHome({folder_.path() / "nowhere"});
  const auto generation = prepare("plugins: {hello: {file: mine.so}}");
  ASSERT_NE(generation, nullptr) << text();
  EXPECT_EQ(generation->find("hello")->library().path(), folder_.path() / "mine.so");
}

TEST_F(SamplePlugins, OfAnotherSdkAreRefusedWithTheLineOfTheFile) {
  test::PluginCopy("hello")
      .stamp([](auto& stamp) { stamp.sdk_minor = 2; })
      .save(folder_, "hello.so");
  EXPECT_EQ(prepare("plugins:\n  hello: {file: hello.so}\n"), nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:3: plugins.hello: hello.so was built with SDK 0.2 and this Portico has "
            "SDK 0.1; rebuild it with portico-dev 0.1: cmake -B build && cmake --build build\n"
            "1 problem, nothing started.\n");
}

TEST_F(SamplePlugins, ThatThrowAnIntOnTheirWayUpNeverStart) {
  EXPECT_EQ(outcome("constructor"),
            "portico.yaml:2:3: plugins.throws: its constructor failed: threw a value of type int");
  EXPECT_EQ(outcome("setup"),
            "portico.yaml:2:3: plugins.throws: `setup` failed: threw a value of type int");
  EXPECT_EQ(outcome("start"),
            "portico.yaml:2:3: plugins.throws: `start` failed: threw a value of type int");
  EXPECT_EQ(outcome("nowhere"), "");
}

TEST_F(SamplePlugins, ThatThrowAnIntOnTheirWayDownAreLogged) {
  EXPECT_EQ(outcome("retire"), "");
  EXPECT_TRUE(log_.saw("`retire` failed: threw a value of type int"));
  EXPECT_EQ(outcome("stop"), "");
  EXPECT_TRUE(log_.saw("`stop` failed: threw a value of type int"));
}

TEST_F(SamplePlugins, UseAServiceOfEachOtherWhateverTheirOrder) {
  const auto generation = prepare("plugins: {needs: {}, gives: {}}");
  ASSERT_NE(generation, nullptr) << text();
  EXPECT_TRUE(generation->start(problems_));
}

TEST_F(SamplePlugins, ThatNeedAServiceDoNotStartWithoutIt) {
  EXPECT_EQ(prepare("plugins:\n  needs: {}\n"), nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:3: plugins.needs: needs the service tally/1, which no loaded plugin "
            "provides; add the plugin that provides it to `plugins`\n"
            "1 problem, nothing started.\n");
}

TEST_F(SamplePlugins, WhoseFileChangedSayThatAnUpgradeIsPending) {
  test::PluginCopy("hello").save(folder_, "hello.so");
  const auto serving = prepare("plugins: {hello: {file: hello.so}}");
  ASSERT_NE(serving, nullptr) << text();
  EXPECT_FALSE(log_.saw("upgrade pending"));
  test::PluginCopy("hello").append('x').save(folder_, "hello.so");
  const auto next = prepare("plugins: {hello: {file: hello.so}}", serving.get());
  ASSERT_NE(next, nullptr) << text();
  EXPECT_EQ(&next->find("hello")->library(), &serving->find("hello")->library());
  EXPECT_TRUE(log_.saw("upgrade pending"));
}

}  // namespace
}  // namespace portico::plugin
