// SPDX-License-Identifier: Apache-2.0
#include "store/decisions.h"

#include "shared/joined.h"

namespace portico::rbac::decisions {
namespace {

/// Greater than every UUID.
constexpr std::string_view Last = "g";

constexpr Statement Add{
    "rbac.decisions.add",
    "INSERT INTO rbac_decisions (id, at, user_id, permission, scope, resource, allowed, reason, "
    "role, version, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Statement Purge{
    "rbac.decisions.purge",
    "DELETE FROM rbac_decisions WHERE id IN (SELECT id FROM rbac_decisions WHERE at < $1 ORDER BY "
    "at LIMIT $2)"};

constexpr std::string_view Columns =
    "SELECT id, at, user_id, permission, scope, resource, allowed, reason, role, version, "
    "request_id FROM rbac_decisions WHERE ";
constexpr std::string_view ById = "id = $1";
constexpr Statement Find{"rbac.decisions.find", Joined<Columns, ById>};

// A statement for each thing that has an index: one for all would use none.
constexpr std::string_view Within =
    "id < $1 AND at >= $2 AND at < $3 AND allowed >= $4 AND allowed <= $5";
constexpr std::string_view All = " ORDER BY id DESC LIMIT $6";
constexpr std::string_view OfUser = " AND user_id = $6 ORDER BY id DESC LIMIT $7";
constexpr std::string_view OfPermission = " AND permission = $6 ORDER BY id DESC LIMIT $7";
constexpr std::string_view OfBoth =
    " AND user_id = $6 AND permission = $7 ORDER BY id DESC LIMIT $8";

constexpr Statement PageOfAll{"rbac.decisions.page", Joined<Columns, Within, All>};
constexpr Statement PageOfUser{"rbac.decisions.page_of_user", Joined<Columns, Within, OfUser>};
constexpr Statement PageOfPermission{"rbac.decisions.page_of_permission",
                                     Joined<Columns, Within, OfPermission>};
constexpr Statement PageOfBoth{"rbac.decisions.page_of_both", Joined<Columns, Within, OfBoth>};

[[nodiscard]] std::optional<std::string_view> unless_empty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

[[nodiscard]] LoggedDecision decision_of(const Row& row) {
  return {.id = std::string(row.text(0)),
          .at = Time(row.integer(1)),
          .user = std::string(row.text(2)),
          .permission = std::string(row.text(3)),
          .scope = std::string(row.text(4)),
          .resource = std::string(row.maybe_text(5).value_or("")),
          .allowed = row.flag(6),
          .reason = std::string(row.text(7)),
          .role = std::string(row.maybe_text(8).value_or("")),
          .version = row.integer(9),
          .request = std::string(row.maybe_text(10).value_or(""))};
}

[[nodiscard]] const Statement& statement_for(const Page& page) {
  if (page.user) return page.permission ? PageOfBoth : PageOfUser;
  return page.permission ? PageOfPermission : PageOfAll;
}

}  // namespace

void add(Transaction& db, std::span<const LoggedDecision> made) {
  for (const LoggedDecision& each : made) {
    db.change(Add, {each.id, each.at.count(), each.user, each.permission, each.scope,
                    unless_empty(each.resource), each.allowed, each.reason, unless_empty(each.role),
                    each.version, unless_empty(each.request)});
  }
}

std::optional<LoggedDecision> find(Reader& db, std::string_view id) {
  const Rows rows = db.query(Find, {id});
  return rows.empty() ? std::nullopt : std::optional(decision_of(rows[0]));
}

std::vector<LoggedDecision> page(Reader& db, const Page& page) {
  std::vector<SqlValue> values{page.before ? std::string_view(*page.before) : Last,
                               page.from.count(), page.until.count(), page.allowed.value_or(false),
                               page.allowed.value_or(true)};
  if (page.user) values.emplace_back(*page.user);
  if (page.permission) values.emplace_back(*page.permission);
  values.emplace_back(page.limit);
  std::vector<LoggedDecision> found;
  for (const Row row : db.query(statement_for(page), values)) found.push_back(decision_of(row));
  return found;
}

std::uint64_t purge(Transaction& db, Time before, std::size_t most) {
  return db.change(Purge, {before.count(), most});
}

}  // namespace portico::rbac::decisions
