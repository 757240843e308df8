// SPDX-License-Identifier: Apache-2.0
#include "plugin/plugin_home.h"

#include "unit/plugin/plugin_copy.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

class PluginHomeTest : public testing::Test {
 protected:
  test::TemporaryFolder first_;
  test::TemporaryFolder second_;
  const PluginHome home_{{first_.path(), second_.path()}};
};

TEST_F(PluginHomeTest, FindsAPluginInTheFirstFolderThatHasIt) {
  const auto hidden = second_.write("hello.so", "");
  const auto found = home_.find("hello");
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, hidden);
  const auto hiding = first_.write("hello.so", "");
  EXPECT_EQ(*home_.find("hello"), hiding);
}

TEST_F(PluginHomeTest, SaysWhereItLookedAndWhatWasMeant) {
  const std::string places = first_.path().string() + " or " + second_.path().string();
  const auto nothing = home_.find("headers");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error(), "there is no plugin headers in " + places +
                                 "; install it there, or say where it is with `file:`");
  first_.write("headers.so", "");
  const auto mistyped = home_.find("haeders");
  ASSERT_FALSE(mistyped);
  EXPECT_EQ(mistyped.error(),
            "there is no plugin haeders in " + places + "; did you mean \"headers\"?");
}

TEST_F(PluginHomeTest, DoesNotFollowANameOutOfItsFolders) {
  second_.write("evil.so", "");
  EXPECT_FALSE(home_.find("../" + second_.path().filename().string() + "/evil"));
}

TEST_F(PluginHomeTest, TakesAFileRelativeToTheYaml) {
  EXPECT_EQ(PluginHome::beside("/etc/portico/portico.yaml", "acme/hello.so"),
            "/etc/portico/acme/hello.so");
  EXPECT_EQ(PluginHome::beside("portico.yaml", "hello.so"), "hello.so");
  EXPECT_EQ(PluginHome::beside("/etc/portico/portico.yaml", "/opt/hello.so"), "/opt/hello.so");
}

TEST_F(PluginHomeTest, ListsWhatIsInstalledFromStampsAlone) {
  test::PluginCopy("hello").save(first_, "hello.so");
  test::PluginCopy("hello").stamp([](auto& stamp) { stamp.sdk_minor = 2; }).save(second_, "old.so");
  test::PluginCopy("hello").save(second_, "wrong.so");
  second_.write("text.so", "text");
  second_.write("README", "");
  const auto all = home_.installed();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].stamp.name(), "hello");
  EXPECT_EQ(all[0].problem, "");
  EXPECT_EQ(all[1].file.filename(), "old.so");
  EXPECT_EQ(all[1].problem.find("old.so was built with SDK 0.2 and this Portico has SDK 0.1"), 0U);
  EXPECT_EQ(all[2].problem,
            second_.path().string() + "/text.so is not a shared object (no ELF file)");
  EXPECT_EQ(all[3].problem, "wrong.so is the plugin \"hello\", not \"wrong\"; write plugins.hello");
}

TEST(PluginHome, OfThisProgramIsBesideIt) {
  const auto home = PluginHome::of_this_program();
  ASSERT_FALSE(home.folders().empty());
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  EXPECT_EQ(home.folders()[0], program.parent_path().parent_path() / "lib/portico/plugins");
}

}  // namespace
}  // namespace portico::plugin
