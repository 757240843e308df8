// SPDX-License-Identifier: Apache-2.0
// The settings of the plugins that Portico brings: tests/config/plugins/NAME.golden, as in
// unit/config/golden.h, with what differs from the defaults behind `ok`. The plugins are the files
// that were built.
#include "unit/config/field_paths.h"
#include "unit/config/golden.h"
#include "unit/config/settings_text.h"
#include "unit/places.h"
#include "unit/plugin/generation_fixture.h"
#include "unit/plugin/plugin_copy.h"

#include <cstdlib>
#include <filesystem>
#include <set>

namespace portico::plugin {
namespace {

using config::GoldenCase;
using config::GoldenFile;

std::vector<GoldenFile> goldens() { return config::load_goldens("config/plugins"); }

std::string plugin_of(const GoldenFile& file) { return std::filesystem::path(file.path).stem(); }

class PluginGolden : public test::GenerationTest {
 protected:
  PluginGolden() { home_ = PluginHome({test::built_plugin("x").parent_path()}); }

  std::string outcome(const std::string& plugin, const GoldenCase& one) {
    const auto generation = prepare(one.yaml);
    if (generation == nullptr) return text();
    const Instance& made = *generation->find(plugin);
    return "ok\n" + text() + config::settings_text(made.config_schema(), made.settings()) + '\n';
  }

  std::vector<std::string> fields_of(const std::string& plugin, const GoldenFile& file) {
    const auto generation = prepare(file.cases.front().yaml);
    config::FieldPaths paths;
    paths.add(generation->find(plugin)->config_schema(), "plugins." + plugin);
    return paths.all();
  }
};

std::set<std::string> written_in(const GoldenCase& one) {
  config::Problems problems;
  const auto document = config::Document::parse(
      one.yaml, "portico.yaml", config::Environment(config::Environment::Variables()), problems);
  std::vector<std::string> written;
  if (document != nullptr) config::collect_written(document->root(), {}, written);
  return {written.begin(), written.end()};
}

TEST_F(PluginGolden, SaysWhatItSaid) {
  const bool refresh = std::getenv("PORTICO_REFRESH_GOLDENS") != nullptr;
  for (GoldenFile& file : goldens()) {
    for (GoldenCase& one : file.cases) {
      const std::string now = outcome(plugin_of(file), one);
      if (!refresh) {
        EXPECT_EQ(now, one.expected) << file.path << ": " << one.title;
      }
      one.expected = now;
    }
    if (refresh) config::store_golden(file);
  }
}

TEST_F(PluginGolden, OfEveryFieldOneIsTakenAndOneIsRefused) {
  for (const GoldenFile& file : goldens()) {
    std::set<std::string> taken;
    std::set<std::string> refused;
    for (const GoldenCase& one : file.cases) {
      if (outcome(plugin_of(file), one).starts_with("ok\n")) taken.merge(written_in(one));
      for (const config::Problem& problem : problems_.sorted()) {
        refused.insert(config::without_indices(problem.path));
      }
    }
    for (const std::string& field : fields_of(plugin_of(file), file)) {
      EXPECT_TRUE(config::any_speaks_of(taken, field)) << "no accepted golden has " << field;
      EXPECT_TRUE(config::any_speaks_of(refused, field)) << "no golden is refused for " << field;
    }
  }
}

TEST_F(PluginGolden, IsThereForEveryPluginOfOurs) {
  std::set<std::string> with_golden;
  for (const GoldenFile& file : goldens()) with_golden.insert(plugin_of(file));
  for (const auto& entry :
       std::filesystem::directory_iterator(portico::test::source_folder() / "plugins")) {
    // What plugins have in common is none.
    if (!std::filesystem::exists(entry.path() / "CMakeLists.txt")) continue;
    EXPECT_TRUE(with_golden.contains(entry.path().filename())) << entry.path();
  }
}

}  // namespace
}  // namespace portico::plugin
