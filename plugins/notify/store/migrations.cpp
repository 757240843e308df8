// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include <array>

namespace portico::notify {
namespace {

// `recipient`: the id of a user, or an address. `data` is sealed where `sealed` says so.
constexpr std::string_view Messages = R"(
CREATE TABLE notify_messages (
  id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  user_id TEXT,
  template_key TEXT NOT NULL,
  template_version BIGINT NOT NULL,
  locale TEXT NOT NULL,
  data TEXT NOT NULL,
  sealed SMALLINT NOT NULL,
  category TEXT NOT NULL,
  priority BIGINT NOT NULL,
  dedupe_key TEXT,
  status TEXT NOT NULL,
  send_at BIGINT NOT NULL,
  expires_at BIGINT,
  created_by TEXT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notify_messages_dedupe ON notify_messages (dedupe_key, recipient)
  WHERE dedupe_key IS NOT NULL;
CREATE INDEX notify_messages_recipient ON notify_messages (recipient, id);
CREATE INDEX notify_messages_template ON notify_messages (template_key, id);
CREATE INDEX notify_messages_status ON notify_messages (status, id);
CREATE INDEX notify_messages_created ON notify_messages (created_at);
CREATE TABLE notify_deliveries (
  id TEXT PRIMARY KEY,
  message_id TEXT NOT NULL REFERENCES notify_messages (id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  address_digest TEXT NOT NULL,
  endpoint_id TEXT,
  job_id TEXT,
  status TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT,
  last_code TEXT,
  last_error TEXT,
  provider_id TEXT,
  created_at BIGINT NOT NULL,
  done_at BIGINT
);
CREATE INDEX notify_deliveries_message ON notify_deliveries (message_id);
CREATE INDEX notify_deliveries_dead ON notify_deliveries (id) WHERE status = 'dead';
CREATE INDEX notify_deliveries_endpoint ON notify_deliveries (endpoint_id, id)
  WHERE endpoint_id IS NOT NULL;
CREATE INDEX notify_deliveries_address ON notify_deliveries (address_digest, created_at);
CREATE TABLE notify_attempts (
  delivery_id TEXT NOT NULL REFERENCES notify_deliveries (id) ON DELETE CASCADE,
  n BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  duration_us BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT,
  snippet TEXT,
  PRIMARY KEY (delivery_id, n)
);
)";
constexpr std::string_view DropMessages =
    "DROP TABLE notify_attempts; DROP TABLE notify_deliveries; DROP TABLE notify_messages;";

constexpr std::string_view Templates = R"(
CREATE TABLE notify_templates (
  template_key TEXT NOT NULL,
  locale TEXT NOT NULL,
  version BIGINT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  removed SMALLINT NOT NULL,
  created_by TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (template_key, locale, version)
);
CREATE TABLE notify_template_epoch (
  id BIGINT PRIMARY KEY,
  epoch BIGINT NOT NULL
);
INSERT INTO notify_template_epoch (id, epoch) VALUES (1, 0);
)";
constexpr std::string_view DropTemplates =
    "DROP TABLE notify_template_epoch; DROP TABLE notify_templates;";

// `owner`: who may see it; who made it.
constexpr std::string_view Endpoints = R"(
CREATE TABLE notify_endpoints (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  description TEXT NOT NULL,
  headers_sealed TEXT NOT NULL,
  secrets_sealed TEXT NOT NULL,
  status TEXT NOT NULL,
  failing_since BIGINT,
  disabled_reason TEXT,
  created_at BIGINT NOT NULL,
  row_version BIGINT NOT NULL
);
CREATE INDEX notify_endpoints_owner ON notify_endpoints (owner, id);
)";
constexpr std::string_view DropEndpoints = "DROP TABLE notify_endpoints;";

// `recipient`: the id of a user, or the digest of an address that nobody has an account for.
constexpr std::string_view Wishes = R"(
CREATE TABLE notify_preferences (
  recipient TEXT NOT NULL,
  category TEXT NOT NULL,
  channel TEXT NOT NULL,
  enabled SMALLINT NOT NULL,
  PRIMARY KEY (recipient, category, channel)
);
CREATE TABLE notify_habits (
  recipient TEXT PRIMARY KEY,
  quiet_from BIGINT,
  quiet_to BIGINT,
  timezone TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE TABLE notify_suppressions (
  address_digest TEXT PRIMARY KEY,
  address_sealed TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX notify_suppressions_created ON notify_suppressions (created_at);
)";
constexpr std::string_view DropWishes =
    "DROP TABLE notify_suppressions; DROP TABLE notify_habits; DROP TABLE notify_preferences;";

constexpr std::string_view Live = R"(
CREATE TABLE notify_inbox (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT,
  read_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX notify_inbox_user ON notify_inbox (user_id, id);
CREATE INDEX notify_inbox_created ON notify_inbox (created_at);
CREATE TABLE notify_topics (
  topic TEXT PRIMARY KEY,
  last_seq BIGINT NOT NULL
);
CREATE TABLE notify_topic_messages (
  topic TEXT NOT NULL,
  seq BIGINT NOT NULL,
  event TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (topic, seq)
);
CREATE INDEX notify_topic_messages_created ON notify_topic_messages (created_at);
CREATE TABLE notify_subscriptions (
  topic TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (topic, user_id)
);
CREATE INDEX notify_subscriptions_user ON notify_subscriptions (user_id);
)";
constexpr std::string_view DropLive =
    "DROP TABLE notify_subscriptions; DROP TABLE notify_topic_messages; DROP TABLE notify_topics; "
    "DROP TABLE notify_inbox;";

constexpr std::string_view Reminders = R"(
CREATE TABLE notify_reminders (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  timezone TEXT NOT NULL,
  misfire TEXT NOT NULL,
  message TEXT NOT NULL,
  status TEXT NOT NULL,
  next_at BIGINT,
  last_at BIGINT,
  job_id TEXT,
  created_at BIGINT NOT NULL,
  row_version BIGINT NOT NULL
);
CREATE INDEX notify_reminders_owner ON notify_reminders (owner, id);
)";
constexpr std::string_view DropReminders = "DROP TABLE notify_reminders;";

constexpr std::string_view Held =
    "CREATE INDEX notify_deliveries_held ON notify_deliveries (next_at) WHERE status = 'held';";
constexpr std::string_view DropHeld = "DROP INDEX notify_deliveries_held;";

constexpr std::array Steps{
    Migration{1, "messages", Messages, DropMessages},
    Migration{2, "templates", Templates, DropTemplates},
    Migration{3, "endpoints", Endpoints, DropEndpoints},
    Migration{4, "wishes", Wishes, DropWishes},
    Migration{5, "live", Live, DropLive},
    Migration{6, "reminders", Reminders, DropReminders},
    Migration{7, "held", Held, DropHeld},
};

}  // namespace

std::span<const Migration> migrations() noexcept { return Steps; }

}  // namespace portico::notify
