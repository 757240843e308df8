// SPDX-License-Identifier: Apache-2.0
#include "shared/joined.h"
#include "store/conclusion.h"
#include "store/deliveries.h"

namespace portico::notify::messages {
namespace {

/// Greater than every UUID.
constexpr std::string_view Last = "g";

constexpr Statement Known{"notify.messages.known",
                          "SELECT id, created_at FROM notify_messages WHERE dedupe_key = $1 AND "
                          "recipient = $2"};
constexpr Statement Forget{"notify.messages.forget_dedupe",
                           "UPDATE notify_messages SET dedupe_key = NULL WHERE id = $1"};
constexpr Statement Add{
    "notify.messages.add",
    "INSERT INTO notify_messages (id, recipient, user_id, template_key, template_version, locale, "
    "data, sealed, category, priority, dedupe_key, status, send_at, expires_at, created_by, "
    "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"};

constexpr std::string_view Columns =
    "SELECT id, recipient, user_id, template_key, template_version, locale, data, sealed, "
    "category, priority, dedupe_key, status, send_at, expires_at, created_by, created_at FROM "
    "notify_messages WHERE ";
constexpr std::string_view ById = "id = $1";
constexpr std::string_view Before = "id < $1 ORDER BY id DESC LIMIT $2";
constexpr std::string_view OfStatus = "id < $1 AND status = $2 ORDER BY id DESC LIMIT $3";
// Of several filters one has the index.
constexpr std::string_view OfRecipient =
    "id < $1 AND recipient = $2 AND ($3 IS NULL OR template_key = $3) AND ($4 IS NULL OR status = "
    "$4) ORDER BY id DESC LIMIT $5";
constexpr std::string_view OfTemplate =
    "id < $1 AND template_key = $2 AND ($3 IS NULL OR status = $3) ORDER BY id DESC LIMIT $4";
constexpr Statement Find{"notify.messages.find", Joined<Columns, ById>};
constexpr Statement AnyPage{"notify.messages.page", Joined<Columns, Before>};
constexpr Statement PageOfStatus{"notify.messages.page_of_status", Joined<Columns, OfStatus>};
constexpr Statement PageOfRecipient{"notify.messages.page_of_recipient",
                                    Joined<Columns, OfRecipient>};
constexpr Statement PageOfTemplate{"notify.messages.page_of_template", Joined<Columns, OfTemplate>};

constexpr std::string_view One = "= $1";
constexpr Statement Conclude{"notify.messages.conclude",
                             Joined<ConcludeThose, One, AndTheirLastIsOver>};
constexpr Statement Reopen{
    "notify.messages.reopen",
    "UPDATE notify_messages SET status = 'queued', send_at = $1 WHERE id = $2"};
constexpr Statement Purge{
    "notify.messages.purge",
    "DELETE FROM notify_messages WHERE id IN (SELECT id FROM notify_messages WHERE created_at < $1 "
    "AND status <> 'queued' AND (status <> 'failed' OR created_at < $2) LIMIT $3)"};

MessageRow message_of(const Row& row) {
  const auto maybe = [&](std::size_t column) {
    const auto text = row.maybe_text(column);
    return text ? std::optional<std::string>(*text) : std::nullopt;
  };
  return {.id = std::string(row.text(0)),
          .recipient = std::string(row.text(1)),
          .user = maybe(2),
          .template_key = std::string(row.text(3)),
          .template_version = row.integer(4),
          .locale = std::string(row.text(5)),
          .data = std::string(row.text(6)),
          .sealed = row.flag(7),
          .category = std::string(row.text(8)),
          .priority = static_cast<JobPriority>(row.integer(9)),
          .dedupe = maybe(10),
          .status = std::string(row.text(11)),
          .send_at = Time(row.integer(12)),
          .expires = time_of(row.maybe_integer(13)),
          .created_by = maybe(14),
          .created = Time(row.integer(15))};
}

Rows rows_of(Reader& db, const Page& page) {
  const std::string_view before = page.before ? std::string_view(*page.before) : Last;
  if (page.recipient) {
    return db.query(PageOfRecipient,
                    {before, *page.recipient, page.template_key, page.status, page.limit});
  }
  if (page.template_key) {
    return db.query(PageOfTemplate, {before, *page.template_key, page.status, page.limit});
  }
  if (page.status) return db.query(PageOfStatus, {before, *page.status, page.limit});
  return db.query(AnyPage, {before, page.limit});
}

}  // namespace

std::optional<std::string> add(Transaction& db, const MessageRow& row, Time since) {
  if (row.dedupe) {
    const Rows known = db.query(Known, {*row.dedupe, row.recipient});
    if (!known.empty() && Time(known[0].integer(1)) >= since) {
      return std::string(known[0].text(0));
    }
    if (!known.empty()) db.change(Forget, {known[0].text(0)});
  }
  db.change(Add, {row.id, row.recipient, row.user, row.template_key, row.template_version,
                  row.locale, row.data, row.sealed, row.category, static_cast<int>(row.priority),
                  row.dedupe, row.status, row.send_at.count(), count_of(row.expires),
                  row.created_by, row.created.count()});
  return std::nullopt;
}

std::optional<MessageRow> find(Reader& db, std::string_view id) {
  const Rows rows = db.query(Find, {id});
  return rows.empty() ? std::nullopt : std::optional(message_of(rows[0]));
}

std::vector<MessageRow> page(Reader& db, const Page& page) {
  std::vector<MessageRow> found;
  for (const Row row : rows_of(db, page)) found.push_back(message_of(row));
  return found;
}

void conclude(Transaction& db, std::string_view id) { db.change(Conclude, {id}); }

void reopen(Transaction& db, std::string_view id, Time now) {
  db.change(Reopen, {now.count(), id});
}

std::uint64_t purge(Transaction& db, Time before, Time dead_before, std::size_t most) {
  return db.change(Purge, {before.count(), dead_before.count(), most});
}

}  // namespace portico::notify::messages
