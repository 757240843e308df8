// SPDX-License-Identifier: Apache-2.0
// What the settings hold beside what is printed in goldens.
#include "config/settings.h"

#include "unit/temporary_folder.h"

#include <gtest/gtest.h>

namespace portico::config {
namespace {

std::optional<Loaded> load(std::string_view yaml, Problems& problems) {
  return bind_settings(
      Document::parse(yaml, "portico.yaml", Environment(Environment::Variables()), problems),
      problems);
}

Settings settings_of(std::string_view yaml) {
  Problems problems;
  auto loaded = load(yaml, problems);
  EXPECT_EQ(problems.text(), "");
  return std::move(loaded->settings);
}

TEST(Settings, HaveTheDefaultsOfTheDesign) {
  const Settings settings = settings_of("plugins: {}");
  EXPECT_EQ(settings.environment, Deployment::Production);
  ASSERT_EQ(settings.listen.size(), 1U);
  EXPECT_EQ(settings.listen[0].where.text(), "0.0.0.0:8080");
  EXPECT_EQ(settings.admin.where.text(), "127.0.0.1:9901");
  EXPECT_FALSE(settings.admin.health_where.has_value());
  EXPECT_EQ(settings.worker_count, 0U);
  EXPECT_EQ(settings.limits.header_bytes.count, 32U * 1024);
  EXPECT_EQ(settings.limits.body_bytes.count, 10U * 1024 * 1024);
  EXPECT_EQ(settings.limits.header_timeout, std::chrono::seconds(10));
  EXPECT_EQ(settings.limits.idle_timeout, std::chrono::seconds(75));
  EXPECT_EQ(settings.limits.drain_timeout, std::chrono::seconds(30));
  EXPECT_EQ(settings.limits.connections, 100'000U);
  EXPECT_EQ(settings.limits.connections_per_client, 1'000U);
  EXPECT_EQ(settings.log.access, AccessLog::Json);
  EXPECT_EQ(settings.log.level, Level::Info);
  EXPECT_TRUE(settings.secret.empty());
  EXPECT_EQ(settings.secret_file, "");
}

TEST(Settings, ReadTextsIntoValues) {
  const Settings settings = settings_of(
      "listen: [{address: \"[::1]:81\"}]\nworkers: 3\nadmin: {health: \"unix:/run/h\"}\n"
      "secret: \"${file:/nonexistent/secret}\"\n");
  EXPECT_EQ(settings.listen[0].where.family, ListenAddress::Family::V6);
  EXPECT_EQ(settings.listen[0].where.port, 81);
  EXPECT_EQ(settings.worker_count, 3U);
  EXPECT_EQ(settings.admin.health_where->path, "/run/h");
  EXPECT_EQ(settings.secret_file, "/nonexistent/secret");
}

TEST(Settings, ReadTheSecretOfAFile) {
  const test::TemporaryFolder folder;
  const std::string path = folder.write("secret", std::string(32, 's') + "\n");
  const Settings settings = settings_of("secret: \"${file:" + path + "}\"\n");
  EXPECT_EQ(settings.secret.reveal(), std::string(32, 's'));
  EXPECT_EQ(settings.secret_file, path);
}

TEST(Settings, AnEmptySecretFileIsToBeFilled) {
  const test::TemporaryFolder folder;
  Problems problems;
  (void)load("secret: \"${file:" + folder.write("secret", "short") + "}\"\n", problems);
  EXPECT_NE(problems.text().find("shorter than 32 characters"), std::string::npos);
}

TEST(Settings, PointAtPlaces) {
  Problems problems;
  const auto loaded = load(
      "plugins:\n  a: {file: x.so, b: c}\nuse:\n  - a:\n    mode: shadow\nroutes:\n  - match: "
      "{path: /}\n    proxy: x\n",
      problems);
  ASSERT_EQ(problems.text(), "");
  const Settings& settings = loaded->settings;
  EXPECT_EQ(settings.plugins[0].mark, (Mark{1, 2, 3}));
  EXPECT_EQ(settings.plugins[0].path(), "plugins.a");
  EXPECT_EQ(settings.plugins[0].settings->find("b")->mark(), (Mark{1, 2, 22}));
  EXPECT_EQ(settings.plugins[0].settings->find("file"), nullptr);
  EXPECT_EQ(settings.use[0].mark, (Mark{1, 4, 5}));
  EXPECT_EQ(settings.use[0].mode, Mode::Shadow);
  EXPECT_EQ(settings.routes[0].mark, (Mark{1, 7, 5}));
  EXPECT_EQ(settings.routes[0].terminal_mark, (Mark{1, 8, 5}));
}

TEST(Settings, ComeWithTheirErrorsSoThatPluginsCanAddTheirs) {
  Problems problems;
  const auto loaded = load("workers: 0\nplugins: {a: {}}\n", problems);
  EXPECT_TRUE(problems.any_error());
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->settings.plugins.size(), 1U);
}

TEST(Settings, AreNotThereWhenTheTextCouldNotBeRead) {
  Problems problems;
  EXPECT_FALSE(load("use: [", problems).has_value());
  EXPECT_TRUE(problems.any_error());
}

TEST(Settings, BoundWhatNestedRoutesInherit) {
  std::string yaml = "routes:\n  - match: {host: [a0";
  for (int host = 1; host < 1000; ++host) yaml += ", a" + std::to_string(host);
  yaml += "]}\n    routes:\n";
  for (int route = 0; route < 3000; ++route)
    yaml += "      - {match: {path: /p" + std::to_string(route) + "}, proxy: a}\n";
  Problems problems;
  (void)load(yaml, problems);
  EXPECT_EQ(problems.errors(), 1U);
  EXPECT_NE(problems.text().find("inherit more than a million"), std::string::npos);
}

}  // namespace
}  // namespace portico::config
