// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold.h"

#include "plugin/names.h"
#include "plugin/scaffold/templates.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <system_error>

namespace portico::plugin {
namespace {

namespace fs = std::filesystem;

/// What the stamp holds, with room to spare.
constexpr std::size_t LongestName = 40;
/// Targets that CMake keeps for itself, and words that the file's grammar keeps.
constexpr std::array<std::string_view, 11> Taken{"all",           "clean", "edit_cache", "help",
                                                 "install",       "mode",  "package",    "portico",
                                                 "rebuild_cache", "test",  "when"};

struct File {
  std::string_view name;
  std::string_view text;
};

const std::array<File, 7>& files() {
  static const std::array<File, 7> all{{{"CMakeLists.txt", scaffolding::BuildFile},
                                        {"@name@.h", scaffolding::Header},
                                        {"@name@.cpp", scaffolding::Source},
                                        {"@name@_test.cpp", scaffolding::Test},
                                        {"portico.yaml", scaffolding::Settings},
                                        {"README.md", scaffolding::Readme},
                                        {".gitignore", scaffolding::Ignored}}};
  return all;
}

/// "rate_card" as "RateCard".
std::string type_name(std::string_view name) {
  std::string type;
  bool begins = true;
  for (const char c : name) {
    if (c == '_') {
      begins = true;
      continue;
    }
    type += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return type;
}

std::string filled(std::string_view text, std::string_view name) {
  const std::string type = type_name(name);
  std::string result;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find("@name@"), text.find("@Name@"));
    result += text.substr(0, at);
    if (at == std::string_view::npos) break;
    result += text[at + 1] == 'n' ? name : type;
    text.remove_prefix(at + 6);
  }
  return result;
}

std::string fault(std::string_view name) {
  if (!is_word(name)) return "a plugin's name is [a-z][a-z0-9_]*";
  if (name.size() > LongestName) {
    return "a plugin's name has at most " + std::to_string(LongestName) + " letters";
  }
  if (std::find(Taken.begin(), Taken.end(), name) != Taken.end()) {
    return "the name " + std::string(name) + " is taken; choose another";
  }
  return {};
}

/// Writes all files into the folder; those that were written.
Result<std::vector<fs::path>> write_into(const fs::path& folder, std::string_view name) {
  std::vector<fs::path> made;
  for (const File& file : files()) {
    const fs::path path = folder / filled(file.name, name);
    std::ofstream stream(path, std::ios::binary);
    stream << filled(file.text, name);
    stream.close();
    if (!stream) return Error("cannot write " + path.string());
    made.push_back(path);
  }
  return made;
}

}  // namespace

Result<std::vector<fs::path>> scaffold(std::string_view name, const fs::path& directory) {
  if (const std::string found = fault(name); !found.empty()) return Error(found);
  const fs::path folder = directory / std::string(name);
  std::error_code error;
  // Says no, without an error, where something of that name exists.
  const bool made = fs::create_directory(folder, error);
  if (error && error != std::errc::file_exists) {
    return Error("cannot make " + folder.string() + ": " + error.message());
  }
  if (!made) return Error(folder.string() + " exists already; choose another name");
  auto files_made = write_into(folder, name);
  if (!files_made) fs::remove_all(folder, error);
  return files_made;
}

}  // namespace portico::plugin
