// SPDX-License-Identifier: Apache-2.0
// The shared objects that this process has mapped. A library is loaded once, checked before any of its
// code runs, and never unloaded: closures, vtables and thread-local destructors of a plugin may be
// needed long after its last instance. Control thread only.
#pragma once

#include "plugin/stamp_reader.h"

#include <portico/plugin.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::plugin {

/// Why something was refused and what to do; each is one line for the operator.
struct Refusal {
  std::string what;    ///< "hello.so was built with SDK 0.2 and this Portico has SDK 0.1".
  std::string remedy;  ///< May be empty.
};
using Refusals = std::vector<Refusal>;

/// The file that will be, or was, loaded: found, trusted, read, and its stamp fits.
struct CheckedFile {
  std::filesystem::path path;  ///< Behind all symbolic links.
  std::string hash;            ///< SHA-256 in hexadecimal.
  PluginStamp stamp;
};

/// Everything that can be said without running the plugin. `name` is the key in the YAML.
[[nodiscard]] std::variant<CheckedFile, Refusals> check_file(const std::filesystem::path& file,
                                                             std::string_view name);

class Library {
 public:
  Library(CheckedFile file, const detail::PluginEntry& entry)
      : file_(std::move(file)), entry_(entry) {}

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return file_.path; }
  [[nodiscard]] const std::string& hash() const noexcept { return file_.hash; }
  [[nodiscard]] const PluginStamp& stamp() const noexcept { return file_.stamp; }
  [[nodiscard]] const detail::PluginEntry& entry() const noexcept { return entry_; }
  /// The file on disk is no longer the one that is mapped: a restart or `portico upgrade` loads it.
  [[nodiscard]] bool upgrade_pending() const noexcept { return pending_; }

 private:
  friend class Libraries;
  CheckedFile file_;
  const detail::PluginEntry& entry_;
  bool pending_ = false;
};

class Libraries {
 public:
  /// The library of the plugin `name`, loaded from `file` unless that plugin is mapped already. A
  /// mapped one keeps its code whatever `file` holds now; see `upgrade_pending`.
  [[nodiscard]] std::variant<const Library*, Refusals> load(const std::filesystem::path& file,
                                                            std::string_view name);
  [[nodiscard]] const Library* find(std::string_view name) const;

 private:
  std::map<std::string, std::unique_ptr<Library>, std::less<>> by_name_;
};

/// A plugin that is linked into the program: for tests, which need no file.
[[nodiscard]] Library linked_library(const Info& info, const detail::PluginEntry& entry);

/// What dlopen said, for an operator: names the missing library or symbol, and the remedy.
[[nodiscard]] Refusal explain_dlerror(std::string_view file, std::string_view message);

}  // namespace portico::plugin
