// SPDX-License-Identifier: Apache-2.0
// What is known of each Redis: as metrics, for /status, and for who probes.
#pragma once

#include "base/json_writer.h"
#include "redis/service.h"
#include "services/health/checks.h"
#include "services/metrics/exposition.h"

namespace portico::cli {

// From any thread.
void expose_redis(services::Exposition& exposition, const redis::Service& service);
void write_redis(base::JsonWriter& json, const redis::Service& service);
[[nodiscard]] services::Finding check_redis(const redis::Service& service);

}  // namespace portico::cli
