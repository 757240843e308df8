// SPDX-License-Identifier: Apache-2.0
// What this process is and serves, as JSON for people and their tools. No secret is in it.
#pragma once

#include "cli/run/metrics_page.h"
#include "plugin/edition.h"

#include <cstddef>
#include <string>

namespace portico::cli {

/// Any thread. `generations` are the configurations that some request still uses.
[[nodiscard]] std::string status_page(const MetricSources& sources, const plugin::Edition& edition,
                                      std::size_t generations);

}  // namespace portico::cli
