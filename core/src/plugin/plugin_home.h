// SPDX-License-Identifier: Apache-2.0
// Where plugins live: in a folder that is found relative to the running program, so that a
// checkout, a relocated installation and a package all work without a setting. A file elsewhere is
// named by `file:`.
#pragma once

#include "base/result.h"
#include "plugin/stamp_reader.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

class PluginHome {
 public:
  /// bin/../lib/portico/plugins beside the running program, then the folder of the installation.
  static PluginHome of_this_program();
  explicit PluginHome(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}

  /// The file of a plugin by its name, or a sentence that says where was looked and what is there.
  [[nodiscard]] Result<std::filesystem::path> find(std::string_view name) const;
  /// `file:` of a plugin's settings: relative to the folder of the YAML file that says it.
  [[nodiscard]] static std::filesystem::path beside(const std::filesystem::path& yaml,
                                                    const std::filesystem::path& file);

  struct Installed {
    std::filesystem::path file;
    PluginStamp stamp;    ///< All zero where `problem` is set.
    std::string problem;  ///< Why this file cannot be loaded here, or empty.
  };
  /// Every *.so of the folders, sorted by name, from their stamps alone.
  [[nodiscard]] std::vector<Installed> installed() const;

  [[nodiscard]] const std::vector<std::filesystem::path>& folders() const noexcept {
    return folders_;
  }

 private:
  std::vector<std::filesystem::path> folders_;
};

}  // namespace portico::plugin
