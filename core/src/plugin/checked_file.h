// SPDX-License-Identifier: Apache-2.0
// Everything that is asked of a plugin's file before it is mapped.
#pragma once

#include "plugin/file_content.h"
#include "plugin/stamp_reader.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::plugin {

/// Why something was refused and what to do; each is one line for the operator.
struct Refusal {
  std::string what;    ///< "hello.so was built with SDK 0.2 and this Portico has SDK 0.1"
  std::string remedy;  ///< May be empty.
};
using Refusals = std::vector<Refusal>;

/// A file that is trusted, and what it holds.
struct PluginFile {
  std::filesystem::path path;  ///< Behind all symbolic links.
  std::string hash;            ///< SHA-256 in hexadecimal.
  FileContent content;
};

/// A file that may be mapped: trusted, and its stamp fits.
struct CheckedFile {
  std::filesystem::path path;
  std::string hash;
  PluginStamp stamp;
};

[[nodiscard]] std::variant<PluginFile, Refusals> open_trusted(const std::filesystem::path& file);

/// `name` is the plugin's key in the YAML; empty where any name will do.
[[nodiscard]] std::variant<CheckedFile, Refusals> check_content(const PluginFile& file,
                                                                std::string_view name);

/// Both of them.
[[nodiscard]] std::variant<CheckedFile, Refusals> check_file(const std::filesystem::path& file,
                                                             std::string_view name);

}  // namespace portico::plugin
