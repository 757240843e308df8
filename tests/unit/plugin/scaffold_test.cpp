// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold.h"

#include "unit/temporary_folder.h"

#include <iterator>
#include <set>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(Scaffold, MakesAWholePlugin) {
  const test::TemporaryFolder folder;
  const auto files = scaffold("rate_card", folder.path());
  ASSERT_TRUE(files) << files.error();
  std::set<std::string> names;
  for (const auto& file : *files) names.insert(file.filename());
  EXPECT_EQ(names,
            (std::set<std::string>{".gitignore", "CMakeLists.txt", "README.md", "portico.yaml",
                                   "rate_card.cpp", "rate_card.h", "rate_card_test.cpp"}));
  EXPECT_NE(contents_of(folder.path() / "rate_card/rate_card.cpp")
                .find("PORTICO_EXPORT_PLUGIN(RateCardPlugin)"),
            std::string::npos);
}

TEST(Scaffold, FillsEveryPlaceholder) {
  const test::TemporaryFolder folder;
  const auto files = scaffold("acme", folder.path());
  ASSERT_TRUE(files);
  for (const auto& file : *files) {
    EXPECT_EQ(contents_of(file).find('@'), std::string::npos) << file;
    EXPECT_FALSE(contents_of(file).empty()) << file;
  }
}

TEST(Scaffold, RefusesAFolderThatExists) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "acme");
  const auto files = scaffold("acme", folder.path());
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error(),
            (folder.path() / "acme").string() + " exists already; choose another name");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "acme"));
}

TEST(Scaffold, RefusesAFileInItsPlace) {
  const test::TemporaryFolder folder;
  folder.write("acme", "mine");
  EXPECT_FALSE(scaffold("acme", folder.path()));
  EXPECT_EQ(contents_of(folder.path() / "acme"), "mine");
}

TEST(Scaffold, RefusesNamesThatAreNone) {
  const test::TemporaryFolder folder;
  for (const char* name : {"", "Acme", "../acme", "a-b", "1st", "test", "all", "when"}) {
    EXPECT_FALSE(scaffold(name, folder.path())) << name;
  }
  EXPECT_FALSE(scaffold(std::string(41, 'a'), folder.path()));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Scaffold, SaysWhyAFolderCannotBeMade) {
  const auto files = scaffold("acme", "/nonexistent");
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error(), "cannot make /nonexistent/acme: No such file or directory");
}

}  // namespace
}  // namespace portico::plugin
