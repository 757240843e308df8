// SPDX-License-Identifier: Apache-2.0
// Every golden says what it said; and every field of core's settings has one that takes it and one
// that refuses it. PORTICO_REFRESH_GOLDENS=1 writes what came out instead of comparing: read the
// diff.
#include "unit/config/golden.h"

#include "config/schema_model.h"

#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::ObjectSchema;

/// What a schema's fields are called in a file: "listen[].tls.key", "databases.*.url".
class FieldPaths {
 public:
  static std::vector<std::string> of_core() {
    FieldPaths paths;
    paths.object(detail::schema_of<Settings>(), "");
    paths.object(detail::schema_of<PluginKeys>(), "plugins.*");
    paths.object(detail::schema_of<UseSiblings>(), "use[]");
    paths.object(detail::schema_of<RouteKeys>(), "routes[]");
    return paths.paths_;
  }

 private:
  void object(const ObjectSchema& schema, const std::string& path) {
    for (const FieldSchema& field : schema.fields()) {
      const std::string below = path.empty() ? field.name : path + "." + field.name;
      paths_.push_back(below);
      value(*field.type, below);
    }
  }

  void value(const detail::Type& type, const std::string& path) {
    if (type.kind == Kind::Object) object(type.object(), path);
    if (type.kind == Kind::Optional) value(*type.element, path);
    if (type.kind == Kind::List) value(*type.element, path + "[]");
    if (type.kind == Kind::Map) value(*type.element, path + ".*");
  }

  std::vector<std::string> paths_;
};

/// Whether `path` is at `field` or below it; `*` stands for one key.
bool speaks_of(std::string_view path, std::string_view field) {
  while (!field.empty()) {
    if (field.starts_with('*')) {
      field.remove_prefix(1);
      path.remove_prefix(std::min(path.find_first_of(".["), path.size()));
    } else if (path.empty() || path[0] != field[0]) {
      return false;
    } else {
      field.remove_prefix(1);
      path.remove_prefix(1);
    }
  }
  return path.empty() || path[0] == '.' || path[0] == '[';
}

bool any_speaks_of(const std::set<std::string>& paths, std::string_view field) {
  for (const std::string& path : paths) {
    if (speaks_of(path, field)) return true;
  }
  return false;
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
  const std::vector<std::string> fields = FieldPaths::of_core();
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
