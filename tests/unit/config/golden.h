// SPDX-License-Identifier: Apache-2.0
// Goldens of configuration files: tests/config/*.golden. A file holds cases,
//
//   #### Title of the case
//   (YAML)
//   ----
//   (the exact text of the problems, or `ok`, then warnings, then the settings)
#pragma once

#include "config/problems.h"
#include "config/settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::config {

struct GoldenCase {
  std::string title;
  std::string yaml;
  std::string expected;
};

struct GoldenFile {
  std::string path;
  std::vector<GoldenCase> cases;
};

/// Those that say what core makes of a file, or those of another folder of the tests.
[[nodiscard]] std::vector<GoldenFile> load_goldens(std::string_view folder = "config");
void store_golden(const GoldenFile& file);

/// What a case came to.
struct GoldenOutcome {
  std::string text;
  std::vector<Problem> problems;
  /// The paths of all that was written: "listen[].tls.key".
  std::vector<std::string> written;
  bool accepted = false;
};
[[nodiscard]] GoldenOutcome run_golden(const GoldenCase& one);

/// The paths of all that is written at and below `node`, of which `path` is the path.
void collect_written(const Node& node, const std::string& path, std::vector<std::string>& written);

/// "routes[3].match.path" as "routes[].match.path".
[[nodiscard]] std::string without_indices(std::string_view path);

}  // namespace portico::config
