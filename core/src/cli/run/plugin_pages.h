// SPDX-License-Identifier: Apache-2.0
// What plugins show and do at the admin address: their pages below "/plugins/NAME" and their words
// in /status.
#pragma once

#include "admin/admin.h"
#include "base/json_writer.h"
#include "plugin/generation.h"

namespace portico::cli {

/// Runs the plugin's handler where that is asked for; throws what it throws.
[[nodiscard]] admin::Pages::PluginPage plugin_admin_page(const plugin::Generation& generation,
                                                         const admin::AdminRequest& request,
                                                         admin::Pages::Ask ask);

/// The member "state" of the plugin, where it tells of one.
void write_plugin_state(base::JsonWriter& json, const plugin::Instance& instance);

}  // namespace portico::cli
