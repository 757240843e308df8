// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include <array>

namespace portico::auth {
namespace {

// Ids are UUIDs of version 7, so the order of ids is the order of creation and lists go by it. A
// ban is no status: it ends by itself. The index of updated_at is for nodes that look for what
// changed.
constexpr Migration Users{.number = 1,
                          .name = "users",
                          .up = R"sql(
CREATE TABLE auth_users (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  email_norm TEXT NOT NULL UNIQUE,
  email_verified_at BIGINT,
  name TEXT,
  locale TEXT,
  timezone TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'disabled', 'erased')),
  banned_until BIGINT,
  is_admin SMALLINT NOT NULL DEFAULT 0,
  perm_version BIGINT NOT NULL DEFAULT 1,
  token_not_before BIGINT NOT NULL DEFAULT 0,
  metadata TEXT NOT NULL DEFAULT '{}',
  terms_version TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  erase_at BIGINT,
  row_version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX auth_users_status ON auth_users (status, id);
CREATE INDEX auth_users_updated ON auth_users (updated_at);
CREATE INDEX auth_users_admin ON auth_users (id) WHERE is_admin = 1;
CREATE INDEX auth_users_deleted ON auth_users (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX auth_users_erase ON auth_users (erase_at) WHERE erase_at IS NOT NULL
)sql",
                          .down = "DROP TABLE auth_users"};

// `secret` is a PHC string or a sealed blob as text. `counter` is the last step of a TOTP or the
// count of signatures of a WebAuthn key. `updated_at` is when the secret was set; it stays when the
// same one is hashed anew, for known devices hang on it. SQLite cannot change a CHECK, so all kinds
// are there.
constexpr Migration Credentials{.number = 2,
                                .name = "credentials",
                                .up = R"sql(
CREATE TABLE auth_credentials (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('password', 'totp', 'recovery', 'webauthn', 'otp_channel')),
  label TEXT,
  secret TEXT NOT NULL,
  seal_kid TEXT,
  params TEXT,
  counter BIGINT NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'active',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_used_at BIGINT
);
CREATE UNIQUE INDEX auth_credentials_password ON auth_credentials (user_id) WHERE kind = 'password';
CREATE INDEX auth_credentials_user ON auth_credentials (user_id, kind)
)sql",
                                .down = "DROP TABLE auth_credentials"};

// No index holds what a refresh changes: PostgreSQL then writes the row in place and no index.
// `ended` is for the poll of other nodes and for the purge.
constexpr Migration Sessions{.number = 3,
                             .name = "sessions",
                             .up = R"sql(
CREATE TABLE auth_sessions (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
  refresh_counter BIGINT NOT NULL DEFAULT 0,
  mac_kid SMALLINT NOT NULL,
  last_rotated_at BIGINT NOT NULL,
  amr TEXT NOT NULL,
  acr TEXT,
  auth_time BIGINT NOT NULL,
  ip_net TEXT,
  ua_hash TEXT,
  device_name TEXT,
  remember SMALLINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  idle_expires_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  revoke_reason TEXT
);
CREATE INDEX auth_sessions_user ON auth_sessions (user_id, revoked_at);
CREATE INDEX auth_sessions_expires ON auth_sessions (expires_at) WHERE revoked_at IS NULL;
CREATE INDEX auth_sessions_ended ON auth_sessions (revoked_at) WHERE revoked_at IS NOT NULL
)sql",
                             .down = "DROP TABLE auth_sessions"};

// The partial index is what makes the newest win; the statement that inserts names it word by word.
constexpr Migration OneTimeTokens{.number = 4,
                                  .name = "one_time_tokens",
                                  .up = R"sql(
CREATE TABLE auth_one_time_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT REFERENCES auth_users (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset', 'email_change', 'email_undo',
    'invite', 'otp_login', 'mfa', 'unsubscribe', 'undelete', 'export')),
  digest BLOB NOT NULL UNIQUE,
  flow_id TEXT,
  code_digest BLOB,
  code_expires_at BIGINT,
  attempts BIGINT NOT NULL DEFAULT 0,
  max_attempts BIGINT NOT NULL DEFAULT 0,
  payload TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE UNIQUE INDEX auth_one_time_tokens_newest ON auth_one_time_tokens (user_id, purpose)
  WHERE used_at IS NULL AND purpose IN ('verify_email', 'reset', 'email_change');
CREATE INDEX auth_one_time_tokens_user ON auth_one_time_tokens (user_id, purpose, created_at);
CREATE UNIQUE INDEX auth_one_time_tokens_flow ON auth_one_time_tokens (flow_id) WHERE flow_id IS NOT NULL;
CREATE INDEX auth_one_time_tokens_expires ON auth_one_time_tokens (expires_at)
)sql",
                                  .down = "DROP TABLE auth_one_time_tokens"};

constexpr Migration SigningKeys{.number = 5,
                                .name = "signing_keys",
                                .up = R"sql(
CREATE TABLE auth_signing_keys (
  kid TEXT NOT NULL PRIMARY KEY,
  alg TEXT NOT NULL,
  public_jwk TEXT NOT NULL,
  private_sealed TEXT,
  state TEXT NOT NULL CHECK (state IN ('published', 'active', 'verify_only', 'retired')),
  not_before BIGINT NOT NULL,
  retire_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX auth_signing_keys_active ON auth_signing_keys (state) WHERE state = 'active'
)sql",
                                .down = "DROP TABLE auth_signing_keys"};

// One table for counts of failures, buckets and quotas (throttle/tally.h), so that a login asks for
// all of its own at once.
constexpr Migration LoginThrottle{.number = 6,
                                  .name = "login_throttle",
                                  .up = R"sql(
CREATE TABLE auth_login_throttle (
  digest BLOB NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  free_at BIGINT NOT NULL
);
CREATE INDEX auth_login_throttle_last ON auth_login_throttle (last_at)
)sql",
                                  .down = "DROP TABLE auth_login_throttle"};

// No foreign keys: what happened outlives whom it happened to. `seq`, `prev_hash` and `hash` are
// null until the entry is chained; the head says how far that is.
constexpr Migration AuditLog{.number = 7,
                             .name = "audit_log",
                             .up = R"sql(
CREATE TABLE auth_audit_log (
  id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT UNIQUE,
  at BIGINT NOT NULL,
  actor_type TEXT NOT NULL,
  actor_id TEXT,
  action TEXT NOT NULL,
  target_type TEXT,
  target_id TEXT,
  outcome TEXT NOT NULL,
  session_id TEXT,
  request_id TEXT,
  detail TEXT NOT NULL DEFAULT '{}',
  ip TEXT,
  ua_hash TEXT,
  pii TEXT,
  pii_salt BLOB,
  pii_digest BLOB NOT NULL,
  prev_hash BLOB,
  hash BLOB
);
CREATE INDEX auth_audit_log_at ON auth_audit_log (at);
CREATE INDEX auth_audit_log_actor ON auth_audit_log (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX auth_audit_log_target ON auth_audit_log (target_id, id) WHERE target_id IS NOT NULL;
CREATE INDEX auth_audit_log_action ON auth_audit_log (action, id);
CREATE INDEX auth_audit_log_unlinked ON auth_audit_log (id) WHERE seq IS NULL;
CREATE INDEX auth_audit_log_personal ON auth_audit_log (at) WHERE pii_salt IS NOT NULL;
CREATE TABLE auth_audit_head (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  seq BIGINT NOT NULL,
  hash BLOB NOT NULL
)
)sql",
                             .down = "DROP TABLE auth_audit_head; DROP TABLE auth_audit_log"};

// Scopes are words with blanks between them.
constexpr Migration ApiKeys{.number = 8,
                            .name = "api_keys",
                            .up = R"sql(
CREATE TABLE auth_api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT,
  rotated_to TEXT
);
CREATE INDEX auth_api_keys_owner ON auth_api_keys (owner_id, id);
CREATE INDEX auth_api_keys_expires ON auth_api_keys (expires_at);
CREATE INDEX auth_api_keys_revoked ON auth_api_keys (revoked_at) WHERE revoked_at IS NOT NULL
)sql",
                            .down = "DROP TABLE auth_api_keys"};

constexpr std::array Steps{Users,       Credentials,   Sessions, OneTimeTokens,
                           SigningKeys, LoginThrottle, AuditLog, ApiKeys};

}  // namespace

std::span<const Migration> migrations() noexcept { return Steps; }

}  // namespace portico::auth
