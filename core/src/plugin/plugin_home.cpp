// SPDX-License-Identifier: Apache-2.0
#include "plugin/plugin_home.h"

#include "base/text.h"
#include "plugin/checked_file.h"
#include "plugin/names.h"

#include <algorithm>
#include <map>
#include <system_error>

namespace portico::plugin {
namespace {

namespace fs = std::filesystem;

/// Every plugin of the folders, by name; an earlier folder hides a later one.
std::map<std::string, fs::path> files_of(const std::vector<fs::path>& folders) {
  std::map<std::string, fs::path> files;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const fs::path& file = entry->path();
      if (file.extension() == ".so") files.emplace(file.stem().string(), file);
    }
  }
  return files;
}

std::string joined(const std::vector<fs::path>& folders) {
  std::string text;
  for (const fs::path& folder : folders) text += (text.empty() ? "" : " or ") + folder.string();
  return text.empty() ? "any folder" : text;
}

std::string first_of(const Refusals& refusals) {
  if (refusals.empty()) return {};
  const Refusal& first = refusals.front();
  return first.remedy.empty() ? first.what : first.what + "; " + first.remedy;
}

PluginHome::Installed examine(const std::string& name, const fs::path& file) {
  PluginHome::Installed installed;
  installed.file = file;
  auto opened = open_trusted(file);
  if (const auto* refusals = std::get_if<Refusals>(&opened)) {
    installed.problem = first_of(*refusals);
    return installed;
  }
  const auto& trusted = std::get<PluginFile>(opened);
  if (const auto stamp = read_stamp(trusted.content.bytes())) installed.stamp = *stamp;
  const auto checked = check_content(trusted, name);
  if (const auto* refusals = std::get_if<Refusals>(&checked)) {
    installed.problem = first_of(*refusals);
  }
  return installed;
}

}  // namespace

PluginHome PluginHome::of_this_program() {
  std::vector<fs::path> folders;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path prefix = program.parent_path().parent_path();
    folders.push_back(prefix / "lib/portico/plugins");
  }
  const fs::path installed = PORTICO_PLUGIN_DIR;
  if (std::find(folders.begin(), folders.end(), installed) == folders.end()) {
    folders.push_back(installed);
  }
  return PluginHome(std::move(folders));
}

Result<fs::path> PluginHome::find(std::string_view name) const {
  // The name becomes part of a path.
  if (!is_word(name)) return Error("a plugin's name is [a-z][a-z0-9_]*");
  std::error_code error;
  for (const fs::path& folder : folders_) {
    fs::path file = folder / (std::string(name) + ".so");
    if (fs::exists(file, error)) return file;
  }
  const auto files = files_of(folders_);
  std::vector<std::string_view> names;
  names.reserve(files.size());
  for (const auto& [other, file] : files) names.push_back(other);
  const std::string_view meant = base::closest(name, names);
  const std::string what = "there is no plugin " + std::string(name) + " in " + joined(folders_);
  if (!meant.empty()) return Error(what + "; did you mean \"" + std::string(meant) + "\"?");
  return Error(what + "; install it there, or say where it is with `file:`");
}

fs::path PluginHome::beside(const fs::path& yaml, const fs::path& file) {
  return file.is_absolute() ? file : yaml.parent_path() / file;
}

std::vector<PluginHome::Installed> PluginHome::installed() const {
  std::vector<Installed> all;
  for (const auto& [name, file] : files_of(folders_)) all.push_back(examine(name, file));
  return all;
}

}  // namespace portico::plugin
