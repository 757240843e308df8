// SPDX-License-Identifier: Apache-2.0
#include "store/inbox.h"

#include "shared/joined.h"

namespace portico::notify::inbox {
namespace {

/// Greater than every UUID.
constexpr std::string_view Last = "g";

constexpr Statement Add{"notify.inbox.add",
                        "INSERT INTO notify_inbox (id, user_id, message_id, title, body, link, "
                        "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"};
constexpr std::string_view Columns =
    "SELECT id, user_id, message_id, title, body, link, read_at, created_at FROM notify_inbox "
    "WHERE user_id = $1 AND id < $2 ";
constexpr std::string_view All = "ORDER BY id DESC LIMIT $3";
constexpr std::string_view Unread = "AND read_at IS NULL ORDER BY id DESC LIMIT $3";
constexpr Statement Page{"notify.inbox.page", Joined<Columns, All>};
constexpr Statement PageOfUnread{"notify.inbox.page_of_unread", Joined<Columns, Unread>};
constexpr Statement Count{"notify.inbox.unread",
                          "SELECT COUNT(*) FROM notify_inbox WHERE user_id = $1 AND read_at IS "
                          "NULL"};
constexpr Statement Known{"notify.inbox.known",
                          "SELECT 1 FROM notify_inbox WHERE id = $1 AND user_id = $2"};
constexpr Statement MarkRead{"notify.inbox.mark_read",
                             "UPDATE notify_inbox SET read_at = $1 WHERE id = $2 AND user_id = $3 "
                             "AND read_at IS NULL"};
constexpr Statement MarkAllRead{"notify.inbox.mark_all_read",
                                "UPDATE notify_inbox SET read_at = $1 WHERE user_id = $2 AND "
                                "read_at IS NULL"};
constexpr Statement Purge{"notify.inbox.purge",
                          "DELETE FROM notify_inbox WHERE id IN (SELECT id FROM notify_inbox WHERE "
                          "created_at < $1 LIMIT $2)"};

InboxRow row_of(const Row& row) {
  const auto link = row.maybe_text(5);
  return {.id = std::string(row.text(0)),
          .user = std::string(row.text(1)),
          .message = std::string(row.text(2)),
          .title = std::string(row.text(3)),
          .body = std::string(row.text(4)),
          .link = link ? std::optional<std::string>(*link) : std::nullopt,
          .read = time_of(row.maybe_integer(6)),
          .created = Time(row.integer(7))};
}

}  // namespace

bool add(Transaction& db, const InboxRow& row) {
  return db.change(Add, {row.id, row.user, row.message, row.title, row.body, row.link,
                         row.created.count()}) == 1;
}

std::vector<InboxRow> page(Reader& db, std::string_view user,
                           const std::optional<std::string>& before, bool unread_only,
                           std::size_t limit) {
  const std::string_view from = before ? std::string_view(*before) : Last;
  std::vector<InboxRow> found;
  for (const Row row : db.query(unread_only ? PageOfUnread : Page, {user, from, limit})) {
    found.push_back(row_of(row));
  }
  return found;
}

std::int64_t unread(Reader& db, std::string_view user) {
  return db.query(Count, {user})[0].integer(0);
}

bool mark_read(Transaction& db, std::string_view user, std::string_view id, Time now) {
  if (db.query(Known, {id, user}).empty()) return false;
  db.change(MarkRead, {now.count(), id, user});
  return true;
}

std::uint64_t mark_all_read(Transaction& db, std::string_view user, Time now) {
  return db.change(MarkAllRead, {now.count(), user});
}

std::uint64_t purge(Transaction& db, Time before, std::size_t most) {
  return db.change(Purge, {before.count(), most});
}

}  // namespace portico::notify::inbox
