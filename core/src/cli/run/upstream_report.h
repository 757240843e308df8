// SPDX-License-Identifier: Apache-2.0
// What is known of upstreams: as metrics, and for /status.
#pragma once

#include "base/json_writer.h"
#include "services/metrics/exposition.h"
#include "upstream/directory.h"

namespace portico::cli {

/// Both from any thread.
void expose_upstreams(services::Exposition& exposition, const upstream::Directory& directory);
void write_upstreams(base::JsonWriter& json, const upstream::Directory& directory);

}  // namespace portico::cli
