// SPDX-License-Identifier: Apache-2.0
#include "store/api_keys.h"

#include "shared/joined.h"

#include <algorithm>

namespace portico::auth::api_keys {
namespace {

constexpr Statement Add{"auth.api_keys.add",
                        "INSERT INTO auth_api_keys (id, owner_id, name, prefix, digest, scopes, "
                        "created_at, expires_at) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr std::string_view Select =
    "SELECT id, owner_id, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at, "
    "rotated_to FROM auth_api_keys WHERE ";
constexpr std::string_view OfDigest = "digest = $1";
constexpr std::string_view OfId = "id = $1 AND owner_id = $2";
constexpr std::string_view ThatLive =
    "owner_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY id";
constexpr Statement ByDigest{"auth.api_keys.by_digest", Joined<Select, OfDigest>};
constexpr Statement ById{"auth.api_keys.by_id", Joined<Select, OfId>};
constexpr Statement List{"auth.api_keys.list", Joined<Select, ThatLive>};
constexpr Statement Rename{"auth.api_keys.rename",
                           "UPDATE auth_api_keys SET name = $1 WHERE id = $2"};
constexpr Statement Revoke{
    "auth.api_keys.revoke",
    "UPDATE auth_api_keys SET revoked_at = $1 WHERE id = $2 AND owner_id = $3 AND revoked_at IS "
    "NULL AND expires_at > $1"};
constexpr Statement GiveWay{
    "auth.api_keys.give_way",
    "UPDATE auth_api_keys SET rotated_to = $1, expires_at = $2 WHERE id = $3"};
constexpr Statement NoteUse{"auth.api_keys.note_use",
                            "UPDATE auth_api_keys SET last_used_at = $1 WHERE id = $2"};
constexpr Statement RevokedSince{
    "auth.api_keys.revoked_since",
    "SELECT id, revoked_at FROM auth_api_keys WHERE revoked_at IS NOT NULL AND revoked_at >= $1"};
// Two indexes, one for each way to end.
constexpr Statement PurgeRevoked{
    "auth.api_keys.purge_revoked",
    "DELETE FROM auth_api_keys WHERE id IN (SELECT id FROM auth_api_keys WHERE revoked_at IS NOT "
    "NULL AND revoked_at < $1 ORDER BY revoked_at LIMIT $2)"};
constexpr Statement PurgeExpired{
    "auth.api_keys.purge_expired",
    "DELETE FROM auth_api_keys WHERE id IN (SELECT id FROM auth_api_keys WHERE expires_at < $1 "
    "ORDER BY expires_at LIMIT $2)"};

/// A scope has no blanks.
std::string joined(const std::vector<std::string>& scopes) {
  std::string text;
  for (const std::string& scope : scopes) text.append(text.empty() ? "" : " ").append(scope);
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<Time> maybe_time(const std::optional<std::int64_t>& number) {
  return number ? std::optional(Time(*number)) : std::nullopt;
}

ApiKey key_of(const Row& row) {
  return {.id = std::string(row.text(0)),
          .owner = std::string(row.text(1)),
          .name = std::string(row.text(2)),
          .prefix = std::string(row.text(3)),
          .scopes = words_of(row.text(4)),
          .created = Time(row.integer(5)),
          .expires = Time(row.integer(6)),
          .used = maybe_time(row.maybe_integer(7)),
          .revoked = maybe_time(row.maybe_integer(8)),
          .rotated = !row.null(9)};
}

std::optional<ApiKey> first_of(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return key_of(rows[0]);
}

}  // namespace

void add(Transaction& db, const NewApiKey& key, Time now) {
  db.change(Add, {key.id, key.owner, key.name, key.prefix, std::span(key.digest),
                  joined(key.scopes), now.count(), key.expires.count()});
}

std::optional<ApiKey> find(Reader& db, const Digest& digest) {
  return first_of(db.query(ByDigest, {std::span(digest)}));
}

std::optional<ApiKey> find(Reader& db, std::string_view owner, std::string_view id) {
  return first_of(db.query(ById, {id, owner}));
}

std::vector<ApiKey> list(Reader& db, std::string_view owner, Time now) {
  std::vector<ApiKey> keys;
  for (const Row row : db.query(List, {owner, now.count()})) keys.push_back(key_of(row));
  return keys;
}

void rename(Transaction& db, std::string_view id, std::string_view name) {
  db.change(Rename, {name, id});
}

bool revoke(Transaction& db, std::string_view owner, std::string_view id, Time now) {
  return db.change(Revoke, {now.count(), id, owner}) == 1;
}

void give_way(Transaction& db, const ApiKey& key, std::string_view to, Time end) {
  db.change(GiveWay, {to, std::min(key.expires, end).count(), key.id});
}

void note_use(Transaction& db, std::string_view id, Time now) {
  db.change(NoteUse, {now.count(), id});
}

std::vector<RevokedKey> revoked_since(Reader& db, Time since) {
  std::vector<RevokedKey> found;
  for (const Row row : db.query(RevokedSince, {since.count()})) {
    found.push_back({std::string(row.text(0)), Time(row.integer(1))});
  }
  return found;
}

std::size_t purge(Transaction& db, Time ended_before, std::size_t most) {
  const std::uint64_t revoked = db.change(PurgeRevoked, {ended_before.count(), most});
  if (revoked >= most) return revoked;
  return revoked + db.change(PurgeExpired, {ended_before.count(), most - revoked});
}

}  // namespace portico::auth::api_keys
