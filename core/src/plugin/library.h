// SPDX-License-Identifier: Apache-2.0
// The shared objects that this process has mapped. A library is loaded once, checked before any of
// its code runs, and never unloaded: closures, vtables and thread-local destructors of a plugin may
// be needed long after its last instance. Control thread only.
#pragma once

#include "plugin/checked_file.h"
#include <portico/plugin.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace portico::plugin {

class Library {
 public:
  Library(CheckedFile file, const detail::PluginEntry& entry)
      : file_(std::move(file)), entry_(entry) {}

  /// Empty for a plugin that is linked into the program.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return file_.path; }
  [[nodiscard]] const std::string& hash() const noexcept { return file_.hash; }
  [[nodiscard]] const PluginStamp& stamp() const noexcept { return file_.stamp; }
  [[nodiscard]] const detail::PluginEntry& entry() const noexcept { return entry_; }
  /// The plugin's number in this process, from 1: what links and journals carry instead of its
  /// name.
  [[nodiscard]] std::uint16_t index() const noexcept { return index_; }

  /// The file on disk is no longer the one that is mapped: a restart or `portico upgrade` loads it.
  /// Any thread.
  [[nodiscard]] bool upgrade_pending() const noexcept {
    return upgrade_pending_.load(std::memory_order_relaxed);
  }
  /// Why this core would refuse the file on disk; empty when it would load.
  [[nodiscard]] const Refusals& upgrade_refusals() const noexcept { return upgrade_refusals_; }

 private:
  friend class Libraries;

  CheckedFile file_;
  const detail::PluginEntry& entry_;
  std::uint16_t index_ = 0;
  std::atomic<bool> upgrade_pending_{false};
  Refusals upgrade_refusals_;
};

class Libraries {
 public:
  /// The library of the plugin `name`, loaded from `file` unless that plugin is mapped already. A
  /// mapped one keeps its code whatever `file` holds now, because dlopen would return the old image
  /// for a changed one: see `upgrade_pending`.
  [[nodiscard]] std::variant<const Library*, Refusals> load(const std::filesystem::path& file,
                                                            std::string_view name);
  /// A plugin that is linked into the program: for tests, which need no file.
  const Library& link(const Info& info, const detail::PluginEntry& entry);
  [[nodiscard]] const Library* find(std::string_view name) const;
  /// The plugin of that `Library::index`; "core" for 0. Any thread.
  [[nodiscard]] std::string_view name_of(std::uint16_t index) const noexcept;

 private:
  static constexpr std::size_t MostLibraries = 1024;

  Library& adopt(std::string_view name, std::unique_ptr<Library> library);

  std::map<std::string, std::unique_ptr<Library>, std::less<>> by_name_;
  std::array<std::atomic<const Library*>, MostLibraries> by_index_{};
};

/// What dlopen said, for an operator: names the missing library or symbol, and the remedy.
[[nodiscard]] Refusal explain_dlerror(std::string_view file, std::string_view message);

}  // namespace portico::plugin
