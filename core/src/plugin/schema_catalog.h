// SPDX-License-Identifier: Apache-2.0
// What plugins can be told in the file: the schemas of their settings, of their middlewares and of
// their terminals. Each plugin is constructed with its defaults and set up, never started, because
// that is when it declares what it brings.
#pragma once

#include "config/problems.h"
#include "config/schema_json.h"
#include "config/settings.h"
#include "plugin/inert_process.h"
#include "plugin/instance.h"
#include "plugin/services.h"
#include "plugin/ticker.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace portico::plugin {

class SchemaCatalog {
 public:
  explicit SchemaCatalog(InertProcess& process);

  /// Every plugin of the plugin folders. What cannot be loaded is a warning.
  void add_installed(config::Problems& problems);
  /// The plugins that a file names by `file:`.
  void add_named(const std::vector<config::PluginEntry>& entries, config::Problems& problems);

  /// Core's terminals first, as a plugin without a name.
  [[nodiscard]] const std::vector<config::PluginSchema>& schemas() const noexcept {
    return schemas_;
  }

 private:
  void add(const std::filesystem::path& file, const std::string& name, config::Problems& problems);

  InertProcess& process_;
  Services services_;
  Ticker ticker_;
  const Stores stores_;
  std::deque<std::unique_ptr<Instance>> instances_;
  std::vector<config::PluginSchema> schemas_;
};

}  // namespace portico::plugin
