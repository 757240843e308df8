// SPDX-License-Identifier: Apache-2.0
// What is known of each database: as metrics, for /status, and for who probes.
#pragma once

#include "base/json_writer.h"
#include "services/health/checks.h"
#include "services/metrics/exposition.h"
#include "sql/service.h"

namespace portico::cli {

// From any thread.
void expose_sql(services::Exposition& exposition, const sql::Service& service);
void write_sql(base::JsonWriter& json, const sql::Service& service);
[[nodiscard]] services::Finding check_sql(const sql::Service& service);

}  // namespace portico::cli
