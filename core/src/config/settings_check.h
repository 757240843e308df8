// SPDX-License-Identifier: Apache-2.0
// Rules across core's settings that need places of the file, and the values that are read from
// texts.
#pragma once

#include "config/problems.h"
#include "config/settings.h"

namespace portico::config {

class SettingsPlaces;

/// Fills in `where`, `worker_count` and `secret_file`. `root` is what the settings were bound from.
void check_settings(const Node& root, Settings& settings, Problems& problems);

/// The part of it that is about the TLS of one listener; fills in `all` and the marks. `node` and
/// `path` are those of `tls`.
void check_tls(const SettingsPlaces& places, ListenerTls& tls, const Node& node,
               const std::string& path);

/// The part of it that is about databases and Redis.
void check_stores(const SettingsPlaces& places, const Settings& settings);

}  // namespace portico::config
