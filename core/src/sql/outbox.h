// SPDX-License-Identifier: Apache-2.0
// The table of events that must not be lost: written in the transaction of what has happened, and
// told from there by jobs/. Whoever tells leases rows (`locked_by`, until `available_at`) that are
// not `done_at`, in the order of `seq`, and of those with the same key only the first.
#pragma once

#include <portico/sql.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portico::sql {

/// Times are microseconds since 1970. What is done leaves the index, which stays as small as what
/// waits.
inline constexpr std::string_view CreateOutbox = R"(
CREATE TABLE portico_outbox (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  event TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  available_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  locked_by TEXT,
  locked_until BIGINT,
  done_at BIGINT
);
CREATE INDEX portico_outbox_due ON portico_outbox (available_at, seq) WHERE done_at IS NULL;
)";
inline constexpr std::string_view DropOutbox = "DROP TABLE portico_outbox;";

struct OutboxEvent {
  std::string_view id;
  std::string_view source;  ///< The plugin.
  std::string_view event;
  std::string_view key;      ///< Events of one key are delivered one after the other.
  std::string_view payload;  ///< A JSON object.
  std::chrono::microseconds time{0};
};
void write_to_outbox(Transaction& within, const OutboxEvent& event);

/// Rows that are not done; no more than `MostCounted` are looked at.
inline constexpr std::int64_t MostCounted = 100'000;
[[nodiscard]] std::int64_t outbox_backlog(Reader& reader);

}  // namespace portico::sql
