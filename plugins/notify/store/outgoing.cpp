// SPDX-License-Identifier: Apache-2.0
#include "store/outgoing.h"

namespace portico::notify::outgoing {
namespace {

// What was counted is read outside of any transaction: those who accept messages to one address at
// once are not in each other's way.
constexpr Statement Find{
    "notify.outgoing.find",
    "SELECT d.id, d.message_id, d.channel, d.address, d.address_digest, d.status, d.endpoint_id, "
    "m.user_id, m.template_key, m.template_version, m.locale, m.data, m.sealed, m.category, "
    "m.expires_at, m.send_at, (SELECT 1 FROM notify_suppressions WHERE address_digest = "
    "d.address_digest), (SELECT enabled FROM notify_preferences WHERE recipient = "
    "COALESCE(m.user_id, d.address_digest) AND category = m.category AND channel = d.channel), "
    "(SELECT COUNT(*) FROM (SELECT 1 FROM notify_deliveries AS other WHERE other.address_digest = "
    "d.address_digest AND other.created_at >= d.created_at - 3600000000 AND other.id < d.id AND "
    "(other.status = 'queued' OR other.attempts > 0) LIMIT $1) AS counted) FROM notify_deliveries "
    "AS d JOIN notify_messages AS m ON m.id = d.message_id "
    "WHERE d.id = $2"};

}  // namespace

std::optional<Outgoing> find(Reader& db, std::string_view delivery, std::size_t most) {
  const Rows rows = db.query(Find, {most, delivery});
  if (rows.empty()) return std::nullopt;
  const Row row = rows[0];
  const auto maybe = [&](std::size_t column) {
    const auto text = row.maybe_text(column);
    return text ? std::optional<std::string>(*text) : std::nullopt;
  };
  return Outgoing{.delivery = std::string(row.text(0)),
                  .message = std::string(row.text(1)),
                  .channel = std::string(row.text(2)),
                  .address = std::string(row.text(3)),
                  .digest = std::string(row.text(4)),
                  .status = std::string(row.text(5)),
                  .endpoint = maybe(6),
                  .user = maybe(7),
                  .template_key = std::string(row.text(8)),
                  .template_version = row.integer(9),
                  .locale = std::string(row.text(10)),
                  .data = std::string(row.text(11)),
                  .sealed = row.flag(12),
                  .category = std::string(row.text(13)),
                  .expires = time_of(row.maybe_integer(14)),
                  .due = Time(row.integer(15)),
                  .suppressed = !row.null(16),
                  .wanted = row.maybe_integer(17).value_or(1) != 0,
                  .lately = row.integer(18)};
}

}  // namespace portico::notify::outgoing
