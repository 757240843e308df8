// SPDX-License-Identifier: Apache-2.0
// One place where a middleware or a terminal stands: its settings, bound from the file, and the
// rule that the plugin made of them. Made once while a site is compiled, immutable from then on.
#pragma once

#include "config/binder.h"
#include "config/routes.h"
#include "pipeline/chain.h"
#include "plugin/generation.h"
#include <portico/plugin.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::plugin {

/// Settings of a type that only the plugin knows.
class OwnedSettings {
 public:
  explicit OwnedSettings(const detail::SettingsType& type);
  OwnedSettings(const OwnedSettings&) = delete;
  OwnedSettings& operator=(const OwnedSettings&) = delete;
  ~OwnedSettings() { type_.destroy(settings_); }

  [[nodiscard]] void* get() const noexcept { return settings_; }
  [[nodiscard]] const detail::ObjectSchema& schema() const { return type_.schema(); }

 private:
  const detail::SettingsType& type_;
  void* settings_;
};

/// What is the same for every place of one site.
struct PlaceContext {
  config::Problems& problems;
  /// Names of `{path.NAME}` that the route has; empty for a global place.
  const config::Names& path_params;
};

/// What a place is made from, whether a plugin or core declared it.
struct PlaceSource {
  std::string name;
  const detail::SettingsType* settings = nullptr;
  const detail::MakeRule* make = nullptr;
  const Instance* instance = nullptr;  ///< Null: core's own.
  const config::Node* node = nullptr;  ///< Null: by name alone.
  config::Mark mark;
  std::string path;    ///< Of the settings in the file.
  std::string home{};  ///< What Host::place says.
};

class Place {
 public:
  /// Binds, then lets the plugin make its rule. Null, with problems, when either failed.
  static std::unique_ptr<Place> make(const PlaceSource& source, const PlaceContext& context);

  const std::string name;
  const std::string plugin;  ///< "core" for core's own.
  const config::Mark mark;
  const std::string path;
  const OwnedSettings settings;
  std::vector<config::NeededFact> needs;
  detail::Rule rule;

 private:
  explicit Place(const PlaceSource& source);
};

}  // namespace portico::plugin
