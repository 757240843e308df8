// SPDX-License-Identifier: Apache-2.0
#include "sql/upkeep.h"

#include "sql/idempotency/records.h"
#include "sql/outbox.h"

namespace portico::sql {
namespace {

/// Others write between two batches; the rest has time until the next call.
constexpr int MostBatches = 20;

void purge(Store& store, std::chrono::microseconds now) {
  for (int batch = 0; batch < MostBatches; ++batch) {
    bool expired = false;
    store.read([&](Reader& reader) { expired = any_idempotency_key_expired(reader, now); });
    if (!expired) return;
    store.write([&](Transaction& within) { (void)purge_idempotency_keys(within, now); });
  }
}

}  // namespace

void keep_up(Store& store, std::chrono::microseconds now) {
  if (!store.connected()) return;
  try {
    store.read([&](Reader& reader) { store.note_backlog(outbox_backlog(reader)); });
    purge(store, now);
  } catch (const SqlError& error) {
    if (!error.transient()) throw;
  }
}

}  // namespace portico::sql
