// SPDX-License-Identifier: Apache-2.0
// What core's tables in a database need now and then: keys that have expired go, and the outbox is
// counted for the metrics. On a thread of core's own, which waits for the database.
#pragma once

#include "sql/store.h"

#include <chrono>

namespace portico::sql {

/// A database that is away is left alone. Throws SqlError for what will not pass by itself.
void keep_up(Store& store, std::chrono::microseconds now);

}  // namespace portico::sql
