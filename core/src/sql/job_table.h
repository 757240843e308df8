// SPDX-License-Identifier: Apache-2.0
// The table of work that is done later. A row waits until `available_at`; whoever takes it moves
// that to the end of the lease, so that a job whose node has died is simply due again, and names
// itself in `locked_by`, without which nobody finishes it. What is done is deleted; what is dead
// stays, with the time at `ended_at`.
//
// The rooms above (jobs/) read and write it.
#pragma once

#include <string_view>

namespace portico::sql {

/// Times are microseconds since 1970. `kind` begins with the plugin's name.
inline constexpr std::string_view CreateJobs = R"(
CREATE TABLE portico_jobs (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  unique_key TEXT,
  payload TEXT NOT NULL,
  priority BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  available_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  locked_by TEXT,
  last_error TEXT,
  ended_at BIGINT
);
CREATE INDEX portico_jobs_due ON portico_jobs (kind, priority, available_at, seq)
  WHERE ended_at IS NULL;
CREATE INDEX portico_jobs_key ON portico_jobs (kind, key, seq) WHERE ended_at IS NULL AND key <> '';
CREATE UNIQUE INDEX portico_jobs_unique ON portico_jobs (kind, unique_key)
  WHERE ended_at IS NULL AND unique_key IS NOT NULL;
CREATE INDEX portico_jobs_ended ON portico_jobs (ended_at) WHERE ended_at IS NOT NULL;
ALTER TABLE portico_outbox ADD COLUMN last_error TEXT;
ALTER TABLE portico_outbox DROP COLUMN locked_until;
CREATE INDEX portico_outbox_key ON portico_outbox (key, seq) WHERE done_at IS NULL AND key <> '';
CREATE INDEX portico_outbox_done ON portico_outbox (done_at) WHERE done_at IS NOT NULL;
)";
inline constexpr std::string_view DropJobs = R"(
DROP INDEX portico_outbox_done;
DROP INDEX portico_outbox_key;
ALTER TABLE portico_outbox ADD COLUMN locked_until BIGINT;
ALTER TABLE portico_outbox DROP COLUMN last_error;
DROP TABLE portico_jobs;
)";

}  // namespace portico::sql
