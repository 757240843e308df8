// SPDX-License-Identifier: Apache-2.0
#include "unit/config/golden.h"

#include "unit/config/settings_text.h"
#include "unit/places.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace portico::config {
namespace {

constexpr std::string_view TitleMark = "#### ";
constexpr std::string_view Divider = "----";

/// What the goldens may fill in.
Environment golden_environment() {
  return Environment({{"PORT", "8081"},
                      {"EMPTY", ""},
                      {"TRICKY", "a: [b, *c] ${PORT} # d"},
                      {"ADMIN_TOKEN", "0123456789abcdef0123456789abcdef"}});
}

GoldenFile parse_golden(const std::filesystem::path& path) {
  GoldenFile file{path.string(), {}};
  std::ifstream in(path);
  std::string* part = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(TitleMark)) {
      part = &file.cases.emplace_back(GoldenCase{line.substr(TitleMark.size()), {}, {}}).yaml;
    } else if (line == Divider && part != nullptr) {
      part = &file.cases.back().expected;
    } else if (part != nullptr) {
      *part += line + '\n';
    }
  }
  return file;
}

}  // namespace

void collect_written(const Node& node, const std::string& path, std::vector<std::string>& written) {
  written.push_back(path);
  for (const Node& item : node.items()) collect_written(item, path + "[]", written);
  for (const auto& [key, value] : node.entries()) {
    collect_written(value, child_path(path, key.text()), written);
  }
}

std::vector<GoldenFile> load_goldens(std::string_view folder) {
  std::vector<GoldenFile> files;
  const std::filesystem::path place = test::source_folder() / "tests" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    if (entry.path().extension() == ".golden") files.push_back(parse_golden(entry.path()));
  }
  std::ranges::sort(files, {}, &GoldenFile::path);
  return files;
}

void store_golden(const GoldenFile& file) {
  std::ofstream out(file.path);
  for (const GoldenCase& one : file.cases) {
    out << TitleMark << one.title << '\n' << one.yaml << Divider << '\n' << one.expected;
  }
}

GoldenOutcome run_golden(const GoldenCase& one) {
  GoldenOutcome outcome;
  Problems problems;
  auto document = Document::parse(one.yaml, "portico.yaml", golden_environment(), problems);
  if (document != nullptr) collect_written(document->root(), {}, outcome.written);
  const auto loaded = bind_settings(std::move(document), problems);
  outcome.problems = problems.sorted();
  outcome.accepted = loaded.has_value() && !problems.any_error();
  outcome.text = problems.text();
  if (outcome.accepted)
    outcome.text = "ok\n" + outcome.text + settings_text(loaded->settings) + '\n';
  return outcome;
}

std::string without_indices(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) plain += c;
    if (c == '[') inside = true;
  }
  return plain;
}

}  // namespace portico::config
