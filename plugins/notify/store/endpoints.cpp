// SPDX-License-Identifier: Apache-2.0
#include "store/endpoints.h"

#include "shared/joined.h"

namespace portico::notify::endpoints {
namespace {

/// Greater than every UUID.
constexpr std::string_view Last = "g";

constexpr Statement Add{
    "notify.endpoints.add",
    "INSERT INTO notify_endpoints (id, owner, url, events, description, headers_sealed, "
    "secrets_sealed, status, created_at, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, "
    "'active', "
    "$8, 1)"};
constexpr std::string_view Columns =
    "SELECT id, owner, url, events, description, headers_sealed, secrets_sealed, status, "
    "failing_since, disabled_reason, created_at, row_version FROM notify_endpoints WHERE ";
constexpr std::string_view ById = "id = $1";
constexpr std::string_view ByOwner = "owner = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
constexpr Statement Find{"notify.endpoints.find", Joined<Columns, ById>};
constexpr Statement Of{"notify.endpoints.of", Joined<Columns, ByOwner>};
constexpr Statement Count{"notify.endpoints.count",
                          "SELECT COUNT(*) FROM notify_endpoints WHERE owner = $1"};
constexpr Statement Active{"notify.endpoints.active",
                           "SELECT id, url, events, owner FROM notify_endpoints WHERE status = "
                           "'active' ORDER BY id"};
constexpr Statement Update{
    "notify.endpoints.update",
    "UPDATE notify_endpoints SET url = $1, events = $2, description = $3, headers_sealed = $4, "
    "secrets_sealed = $5, status = $6, failing_since = $7, disabled_reason = $8, row_version = "
    "row_version + 1 WHERE id = $9"};
constexpr Statement Remove{"notify.endpoints.remove", "DELETE FROM notify_endpoints WHERE id = $1"};
constexpr Statement SetHealth{"notify.endpoints.set_health",
                              "UPDATE notify_endpoints SET failing_since = $1 WHERE id = $2"};
constexpr Statement Disable{
    "notify.endpoints.disable",
    "UPDATE notify_endpoints SET status = 'disabled', disabled_reason = $1, row_version = "
    "row_version + 1 WHERE id = $2 AND status = 'active'"};

EndpointRow row_of(const Row& row) {
  const auto reason = row.maybe_text(9);
  return {.id = std::string(row.text(0)),
          .owner = std::string(row.text(1)),
          .url = std::string(row.text(2)),
          .events = std::string(row.text(3)),
          .description = std::string(row.text(4)),
          .headers_sealed = std::string(row.text(5)),
          .secrets_sealed = std::string(row.text(6)),
          .active = row.text(7) == "active",
          .failing_since = time_of(row.maybe_integer(8)),
          .disabled_reason = reason ? std::optional<std::string>(*reason) : std::nullopt,
          .created = Time(row.integer(10)),
          .row_version = row.integer(11)};
}

}  // namespace

void add(Transaction& db, const EndpointRow& row) {
  db.change(Add, {row.id, row.owner, row.url, row.events, row.description, row.headers_sealed,
                  row.secrets_sealed, row.created.count()});
}

std::optional<EndpointRow> find(Reader& db, std::string_view id) {
  const Rows rows = db.query(Find, {id});
  return rows.empty() ? std::nullopt : std::optional(row_of(rows[0]));
}

std::vector<EndpointRow> of(Reader& db, std::string_view owner,
                            const std::optional<std::string>& before, std::size_t limit) {
  const std::string_view from = before ? std::string_view(*before) : Last;
  std::vector<EndpointRow> found;
  for (const Row row : db.query(Of, {owner, from, limit})) found.push_back(row_of(row));
  return found;
}

std::int64_t count(Reader& db, std::string_view owner) {
  return db.query(Count, {owner})[0].integer(0);
}

std::vector<Wanted> active(Reader& db) {
  std::vector<Wanted> found;
  for (const Row row : db.query(Active)) {
    found.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                     std::string(row.text(3))});
  }
  return found;
}

void update(Transaction& db, const EndpointRow& row) {
  db.change(Update, {row.url, row.events, row.description, row.headers_sealed, row.secrets_sealed,
                     row.active ? "active" : "disabled", count_of(row.failing_since),
                     row.disabled_reason, row.id});
}

void remove(Transaction& db, std::string_view id) { db.change(Remove, {id}); }

void set_health(Transaction& db, std::string_view id, std::optional<Time> failing_since) {
  db.change(SetHealth, {count_of(failing_since), id});
}

bool disable(Transaction& db, std::string_view id, std::string_view reason) {
  return db.change(Disable, {reason, id}) != 0;
}

}  // namespace portico::notify::endpoints
