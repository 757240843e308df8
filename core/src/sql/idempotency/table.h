// SPDX-License-Identifier: Apache-2.0
// Core's table of what was asked with an Idempotency-Key. A row is there for what is under way and
// for what was answered; either counts until `expires_at`, which is the end of a lease in the first
// case, so that a process which died in the middle holds its key no longer than that.
#pragma once

#include <string_view>

namespace portico::sql {

/// `scope`, `key` and `fingerprint` are digests: what clients send is not kept. `holder` is who is
/// at it: somebody else, once a lease is over. Times are microseconds since 1970.
inline constexpr std::string_view CreateIdempotencyKeys = R"(
CREATE TABLE portico_idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  holder TEXT NOT NULL,
  status SMALLINT NOT NULL,
  response_code BIGINT,
  response_headers BLOB,
  response_body BLOB,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (scope, key)
);
CREATE INDEX portico_idempotency_keys_expiry ON portico_idempotency_keys (expires_at);
)";
inline constexpr std::string_view DropIdempotencyKeys = "DROP TABLE portico_idempotency_keys;";

}  // namespace portico::sql
