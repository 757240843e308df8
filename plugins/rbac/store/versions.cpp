// SPDX-License-Identifier: Apache-2.0
#include "store/versions.h"

namespace portico::rbac::versions {
namespace {

constexpr Statement Current{"rbac.versions.current", "SELECT version FROM rbac_state WHERE id = 1"};
constexpr Statement Raise{
    "rbac.versions.raise",
    "UPDATE rbac_state SET version = version + 1 WHERE id = 1 RETURNING version"};
constexpr Statement Note{"rbac.versions.note",
                         "INSERT INTO rbac_changes (version, user_id, at) VALUES ($1, $2, $3)"};
constexpr Statement Since{"rbac.versions.since",
                          "SELECT version, user_id, at FROM rbac_changes WHERE version > $1 ORDER "
                          "BY version LIMIT $2"};
// Clocks of nodes differ: what goes is always a first part, or there would be gaps.
constexpr Statement Purge{
    "rbac.versions.purge",
    "DELETE FROM rbac_changes WHERE version IN (SELECT version FROM rbac_changes WHERE version <= "
    "(SELECT MAX(version) FROM rbac_changes WHERE at < $1) ORDER BY version LIMIT $2)"};

}  // namespace

std::int64_t current(Reader& db) { return db.query(Current)[0].integer(0); }

std::int64_t raise(Transaction& db, const Change& change, Time now) {
  const std::int64_t version = db.query(Raise)[0].integer(0);
  const std::optional<std::string_view> user =
      change.roles ? std::nullopt : std::optional<std::string_view>(change.user);
  db.change(Note, {version, user, now.count()});
  return version;
}

std::optional<std::vector<Change>> since(Reader& db, std::int64_t known, std::size_t most) {
  const Rows rows = db.query(Since, {known, most + 1});
  std::vector<Change> changes;
  if (rows.empty()) return current(db) == known ? std::optional(changes) : std::nullopt;
  if (rows[0].integer(0) != known + 1 || rows.size() > most) return std::nullopt;
  changes.reserve(rows.size());
  for (const Row row : rows) {
    changes.push_back({.version = row.integer(0),
                       .roles = row.null(1),
                       .user = std::string(row.maybe_text(1).value_or("")),
                       .at = Time(row.integer(2))});
  }
  return changes;
}

std::uint64_t purge(Transaction& db, Time before, std::size_t most) {
  return db.change(Purge, {before.count(), most});
}

}  // namespace portico::rbac::versions
