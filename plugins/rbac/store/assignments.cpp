// SPDX-License-Identifier: Apache-2.0
#include "store/assignments.h"

namespace portico::rbac::assignments {
namespace {

constexpr Statement Of{"rbac.assignments.of",
                       "SELECT role, scope, not_before, expires_at FROM rbac_assignments WHERE "
                       "user_id = $1 ORDER BY role, scope"};
constexpr Statement AllOf{
    "rbac.assignments.rows",
    "SELECT a.role, a.scope, a.not_before, a.expires_at, a.id, a.user_id, r.name, a.granted_by, "
    "a.reason, a.created_at FROM rbac_assignments a JOIN rbac_roles r ON r.number = a.role WHERE "
    "a.user_id = $1 ORDER BY r.name, a.scope"};
constexpr Statement Members{
    "rbac.assignments.members",
    "SELECT a.role, a.scope, a.not_before, a.expires_at, a.id, a.user_id, r.name, a.granted_by, "
    "a.reason, a.created_at FROM rbac_assignments a JOIN rbac_roles r ON r.number = a.role WHERE "
    "a.role = $1 AND a.id > $2 ORDER BY a.id LIMIT $3"};
constexpr Statement Put{
    "rbac.assignments.put",
    "INSERT INTO rbac_assignments (id, user_id, role, scope, not_before, expires_at, granted_by, "
    "reason, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_id, role, "
    "scope) DO UPDATE SET id = excluded.id, not_before = excluded.not_before, expires_at = "
    "excluded.expires_at, granted_by = excluded.granted_by, reason = excluded.reason, created_at "
    "= excluded.created_at"};
constexpr Statement Remove{
    "rbac.assignments.remove",
    "DELETE FROM rbac_assignments WHERE user_id = $1 AND role = $2 AND scope = $3"};
constexpr Statement Purge{
    "rbac.assignments.purge",
    "DELETE FROM rbac_assignments WHERE id IN (SELECT id FROM rbac_assignments WHERE expires_at < "
    "$1 ORDER BY expires_at LIMIT $2)"};

[[nodiscard]] Assignment assignment_of(const Row& row) {
  return {.role = row.integer(0),
          .scope = std::string(row.text(1)),
          .not_before = time_of(row.maybe_integer(2)),
          .expires = time_of(row.maybe_integer(3))};
}

[[nodiscard]] std::optional<std::string> text_of(const Row& row, std::size_t column) {
  const auto text = row.maybe_text(column);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

[[nodiscard]] std::vector<AssignmentRow> rows_of(const Rows& rows) {
  std::vector<AssignmentRow> found;
  found.reserve(rows.size());
  for (const Row row : rows) {
    found.push_back({.id = std::string(row.text(4)),
                     .user = std::string(row.text(5)),
                     .role = std::string(row.text(6)),
                     .assignment = assignment_of(row),
                     .granted_by = text_of(row, 7),
                     .reason = text_of(row, 8),
                     .created = Time(row.integer(9))});
  }
  return found;
}

}  // namespace

std::vector<Assignment> of(Reader& db, std::string_view user) {
  std::vector<Assignment> found;
  for (const Row row : db.query(Of, {user})) found.push_back(assignment_of(row));
  return found;
}

std::vector<AssignmentRow> rows(Reader& db, std::string_view user) {
  return rows_of(db.query(AllOf, {user}));
}

std::vector<AssignmentRow> members(Reader& db, std::int64_t role, std::string_view after,
                                   std::size_t limit) {
  return rows_of(db.query(Members, {role, after, limit}));
}

void put(Transaction& db, const NewAssignment& made, Time now) {
  const Assignment& given = made.assignment;
  db.change(Put, {made.id, made.user, given.role, given.scope, count_of(given.not_before),
                  count_of(given.expires), made.granted_by, made.reason, now.count()});
}

bool remove(Transaction& db, std::string_view user, std::int64_t role, std::string_view scope) {
  return db.change(Remove, {user, role, scope}) == 1;
}

std::uint64_t purge(Transaction& db, Time before, std::size_t most) {
  return db.change(Purge, {before.count(), most});
}

}  // namespace portico::rbac::assignments
