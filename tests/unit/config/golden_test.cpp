// SPDX-License-Identifier: Apache-2.0
// Every golden says what it said; and every field of core's settings has one that takes it and one
// that refuses it. PORTICO_REFRESH_GOLDENS=1 writes what came out instead of comparing: read the
// diff.
#include "unit/config/golden.h"

#include "unit/config/field_paths.h"

#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

std::vector<std::string> fields_of_core() {
  FieldPaths paths;
  paths.add(detail::schema_of<Settings>(), "");
  paths.add(detail::schema_of<PluginKeys>(), "plugins.*");
  paths.add(detail::schema_of<UseSiblings>(), "use[]");
  paths.add(detail::schema_of<RouteKeys>(), "routes[]");
  return paths.all();
}

TEST(Golden, SaysWhatItSaid) {
  const bool refresh = std::getenv("PORTICO_REFRESH_GOLDENS") != nullptr;
  std::size_t cases = 0;
  for (GoldenFile& file : load_goldens()) {
    for (GoldenCase& one : file.cases) {
      ++cases;
      const std::string text = run_golden(one).text;
      if (!refresh) {
        EXPECT_EQ(text, one.expected) << file.path << ": " << one.title;
      }
      one.expected = text;
    }
    if (refresh) store_golden(file);
  }
  EXPECT_GT(cases, 100U);
}

TEST(Golden, OfEveryFieldOneIsTakenAndOneIsRefused) {
  std::set<std::string> taken;
  std::set<std::string> refused;
  for (const GoldenFile& file : load_goldens()) {
    for (const GoldenCase& one : file.cases) {
      const GoldenOutcome outcome = run_golden(one);
      if (outcome.accepted) taken.insert(outcome.written.begin(), outcome.written.end());
      for (const Problem& problem : outcome.problems) {
        if (problem.severity == Severity::Error) refused.insert(without_indices(problem.path));
      }
    }
  }
  const std::vector<std::string> fields = fields_of_core();
  EXPECT_GT(fields.size(), 50U);
  for (const std::string& field : fields) {
    EXPECT_TRUE(any_speaks_of(taken, field)) << "no accepted golden has " << field;
    EXPECT_TRUE(any_speaks_of(refused, field)) << "no golden is refused for " << field;
  }
}

TEST(Golden, HasATitleOfItsOwnInItsFile) {
  for (const GoldenFile& file : load_goldens()) {
    std::set<std::string> titles;
    for (const GoldenCase& one : file.cases) {
      EXPECT_TRUE(titles.insert(one.title).second) << file.path << ": " << one.title;
    }
  }
}

}  // namespace
}  // namespace portico::config
