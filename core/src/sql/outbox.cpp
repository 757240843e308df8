// SPDX-License-Identifier: Apache-2.0
#include "sql/outbox.h"

#include "sql/work.h"

namespace portico::sql {
namespace {

constexpr Statement Add{"portico.outbox.add",
                        "INSERT INTO portico_outbox (id, source, event, key, payload, created_at, "
                        "available_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"};
constexpr Statement Backlog{"portico.outbox.backlog",
                            "SELECT COUNT(*) FROM (SELECT 1 FROM portico_outbox WHERE done_at IS "
                            "NULL LIMIT $1) AS waiting"};

}  // namespace

void write_to_outbox(Transaction& within, const OutboxEvent& event) {
  const std::int64_t time = event.time.count();
  within.change(Add, {event.id, event.source, event.event, event.key, event.payload, time, time});
  Work::of(within).note_work(event.time);
}

std::int64_t outbox_backlog(Reader& reader) {
  return reader.query(Backlog, {MostCounted})[0].integer(0);
}

}  // namespace portico::sql
