// SPDX-License-Identifier: Apache-2.0
#include "config/inclusion.h"

#include "config/settings.h"
#include "unit/temporary_folder.h"

#include <gtest/gtest.h>

namespace portico::config {
namespace {

class Including : public ::testing::Test {
 protected:
  /// Loads portico.yaml of the folder. The problems come without the folder's name.
  std::optional<Loaded> load(std::string_view main) {
    problems_ = Problems();
    const std::string path = folder_.write("portico.yaml", main);
    return load_settings(path, Environment(Environment::Variables{{"FOLDER", "conf.d"}}),
                         problems_);
  }

  [[nodiscard]] std::string text() const {
    std::string text = problems_.text();
    const std::string folder = folder_.path("");
    for (auto at = text.find(folder); at != text.npos; at = text.find(folder))
      text.erase(at, folder.size());
    return text;
  }

  test::TemporaryFolder folder_;
  Problems problems_;
};

TEST_F(Including, MergesMapsAndAppendsListenAndRoutesInTheOrderOfNames) {
  folder_.write("conf.d/20.yaml",
                "routes: [{match: {path: /c}, proxy: c}]\nplugins: {proxy: {upstreams: {c: 3}}}\n");
  folder_.write("conf.d/10.yaml",
                "listen: [{address: \"127.0.0.1:2\"}]\nroutes: [{match: {path: /b}, proxy: b}]\n"
                "plugins: {proxy: {upstreams: {b: 2}}, cors: {}}\nlog: {level: debug}\n");
  folder_.write("conf.d/ignored.txt", "nonsense: [");
  folder_.write("conf.d/.hidden.yaml", "nonsense: [");
  const auto loaded = load(
      "include: \"conf.d/*.yaml\"\nlisten: [{address: \"127.0.0.1:1\"}]\n"
      "routes: [{match: {path: /a}, proxy: a}]\n"
      "plugins: {proxy: {upstreams: {a: 1}}}\nlog: {access: off}\n");
  ASSERT_EQ(text(), "");
  const Settings& settings = loaded->settings;
  ASSERT_EQ(settings.listen.size(), 2U);
  EXPECT_EQ(settings.listen[1].address, "127.0.0.1:2");
  ASSERT_EQ(settings.routes.size(), 3U);
  EXPECT_EQ(settings.routes[0].match.path, "/a");
  EXPECT_EQ(settings.routes[1].match.path, "/b");
  EXPECT_EQ(settings.routes[2].match.path, "/c");
  EXPECT_EQ(settings.routes[2].path, "routes[2]");
  ASSERT_EQ(settings.plugins.size(), 2U);
  EXPECT_EQ(settings.plugins[0].settings->find("upstreams")->entries().size(), 3U);
  EXPECT_EQ(settings.log.level, Level::Debug);
  EXPECT_EQ(settings.log.access, AccessLog::Off);
  EXPECT_EQ(loaded->document->files().size(), 3U);
  EXPECT_EQ(loaded->document->files()[settings.routes[2].mark.file - 1],
            folder_.path("conf.d/20.yaml"));
}

TEST_F(Including, RefusesWhatIsSaidTwice) {
  folder_.write("a.yaml",
                "workers: 2\nuse: [b]\nplugins: {cors: {origins: [b]}, x: 1}\nlisten: {a: b}\n");
  load(
      "include: a.yaml\nworkers: 1\nuse: [a]\nplugins: {cors: {origins: [a]}, x: {}}\nlisten: "
      "[{address: \"0.0.0.0:1\"}]\n");
  EXPECT_EQ(text(),
            "a.yaml:1:10: workers: set in two files; the first is portico.yaml:2:10; keep one\n"
            "a.yaml:2:6: use: set in two files; the first is portico.yaml:3:6; keep one\n"
            "a.yaml:3:27: plugins.cors.origins: set in two files; the first is portico.yaml:4:27; "
            "keep one\n"
            "a.yaml:3:36: plugins.x: set in two files; the first is portico.yaml:4:36; keep one\n"
            "a.yaml:4:9: listen: set in two files; the first is portico.yaml:5:9; keep one\n"
            "5 problems, nothing started.\n");
}

TEST_F(Including, FillsInNamesAndValues) {
  folder_.write("conf.d/a.yaml", "workers: \"${FOLDER:+}\"\n");
  load("include: \"${FOLDER}/*.yaml\"\n");
  EXPECT_NE(text().find("conf.d/a.yaml:1:10: workers: after the name"), std::string::npos)
      << text();
  load("include: \"${NOT_SET}/*.yaml\"\n");
  EXPECT_EQ(problems_.size(), 1U) << text();
}

TEST_F(Including, KnowsProblemsByTheirFile) {
  folder_.write("a.yaml", "workers: many\n");
  folder_.write("b.yaml", "log: {level: [\n");
  folder_.write("c.yaml", "- a\n");
  load("include: [c.yaml, a.yaml, b.yaml]\nadmin: 5\n");
  EXPECT_NE(text().find("b.yaml:1:14: `[` is never closed"), std::string::npos) << text();
  EXPECT_NE(text().find("c.yaml:1:1: expected a map of settings, found a list"), std::string::npos);
}

TEST_F(Including, GoesOneLevelDeep) {
  folder_.write("a.yaml", "include: b.yaml\n");
  load("include: a.yaml\n");
  EXPECT_NE(text().find("a.yaml:1:1: include: a file that is included cannot include others"),
            std::string::npos)
      << text();
}

TEST_F(Including, RefusesAFileTwiceAndItself) {
  folder_.write("a.yaml", "workers: 1\n");
  load("include: [a.yaml, \"?.yaml\"]\n");
  EXPECT_NE(text().find("a.yaml is included twice, or includes itself"), std::string::npos)
      << text();
  load("include: portico.yaml\n");
  EXPECT_NE(text().find("portico.yaml is included twice, or includes itself"), std::string::npos);
}

TEST_F(Including, EndsSymbolicLinksThatRunInCircles) {
  std::filesystem::create_symlink("b.yaml", folder_.path("a.yaml"));
  std::filesystem::create_symlink("a.yaml", folder_.path("b.yaml"));
  load("include: a.yaml\n");
  EXPECT_NE(text().find("cannot include a.yaml: Too many levels of symbolic links"),
            std::string::npos)
      << text();
}

TEST_F(Including, BoundsTheNumberOfFiles) {
  for (int count = 0; count < 1001; ++count)
    folder_.write("d/" + std::to_string(count) + ".yaml", "");
  load("include: \"d/*.yaml\"\n");
  EXPECT_NE(text().find("more than 1000 files are included"), std::string::npos);
}

TEST_F(Including, BoundsTheTextAltogether) {
  const std::string comment = "# " + std::string(3'000'000, 'x') + "\n";
  for (int count = 0; count < 6; ++count)
    folder_.write("d/" + std::to_string(count) + ".yaml", comment);
  load("include: \"d/*.yaml\"\n");
  EXPECT_NE(text().find("larger than 16 MiB"), std::string::npos) << text();
}

TEST_F(Including, WarnsOfAFileThatSaysNothing) {
  folder_.write("a.yaml", "# all off\n");
  EXPECT_TRUE(load("include: a.yaml\nworkers: 1\n").has_value());
  EXPECT_EQ(text(), "a.yaml: warning: the file says nothing\n1 warning.\n");
}

TEST_F(Including, NamesAFileThatCannotBeRead) {
  EXPECT_FALSE(
      load_settings(folder_.path("absent.yaml"), Environment(Environment::Variables()), problems_)
          .has_value());
  EXPECT_EQ(text(),
            "absent.yaml: no such file; name the configuration with -c FILE\n1 problem, nothing "
            "started.\n");
  load("include: d\n");
  std::filesystem::create_directory(folder_.path("d"));
  load("include: d\n");
  EXPECT_NE(text().find("cannot include d: not a regular file"), std::string::npos) << text();
}

}  // namespace
}  // namespace portico::config
