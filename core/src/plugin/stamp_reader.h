// SPDX-License-Identifier: Apache-2.0
// The stamp of a plugin, read from its bytes, and whether a core of another stamp may load it. Pure
// functions: nothing of the plugin runs.
#pragma once

#include "base/result.h"
#include <portico/stamp.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// A stamp whose texts are terminated and fit to print.
struct PluginStamp {
  detail::Stamp stamp;
  [[nodiscard]] std::string name() const { return stamp.name; }
  [[nodiscard]] std::string version() const { return stamp.version; }
  [[nodiscard]] std::string summary() const { return stamp.summary; }
  [[nodiscard]] std::string compiler() const { return stamp.compiler; }
  /// "0.1".
  [[nodiscard]] std::string sdk() const;
};

/// The stamp in a shared object. The error is a clause about the file: "is not a Portico plugin".
[[nodiscard]] Result<PluginStamp> read_stamp(std::span<const std::byte> file);

/// The stamp that this core was built with; its name is empty.
[[nodiscard]] PluginStamp core_stamp();

/// Whether a plugin of SDK `plugin_major.plugin_minor` runs in a core of SDK
/// `core_major.core_minor`: the same minor in 0.x, and from 1.0 on the same major with the core at
/// least as new.
struct SdkVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
};
[[nodiscard]] bool runs_in(SdkVersion plugin, SdkVersion core) noexcept;

/// One field in which a plugin does not fit.
struct Misfit {
  std::string field;   ///< "sdk", "standard_library", "cxx_abi", "pointer_bytes", "sanitizer", ...
  std::string plugin;  ///< What the plugin has: "SDK 0.2".
  std::string core;    ///< What this core has: "SDK 0.1".
  std::string remedy;  ///< What to do, with the command.
  /// "was built with SDK 0.2 and this Portico has SDK 0.1".
  [[nodiscard]] std::string sentence() const;
};

/// Every field that forbids loading, none when the plugin fits.
[[nodiscard]] std::vector<Misfit> misfits(const PluginStamp& plugin, const PluginStamp& core);

}  // namespace portico::plugin
