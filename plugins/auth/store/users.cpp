// SPDX-License-Identifier: Apache-2.0
#include "store/users.h"

#include "shared/joined.h"
#include "shared/uuid.h"
#include "store/user_row.h"

#include <array>
#include <stdexcept>

namespace portico::auth {
namespace {

constexpr std::array<std::string_view, 4> StatusNames{"pending", "active", "disabled", "erased"};

constexpr std::string_view Select = "SELECT ";
constexpr std::string_view ById = " FROM auth_users u WHERE u.id = $1";
constexpr std::string_view ByEmail = " FROM auth_users u WHERE u.email_norm = $1";
constexpr std::string_view LoginByEmail =
    ", c.secret, c.updated_at FROM auth_users u LEFT JOIN auth_credentials c ON c.user_id = u.id "
    "AND c.kind = "
    "'password' WHERE u.email_norm = $1";
constexpr std::string_view AnyStatus =
    " FROM auth_users u WHERE u.id < $1 ORDER BY u.id DESC LIMIT $2";
constexpr std::string_view OneStatus =
    " FROM auth_users u WHERE u.status = $1 AND u.id < $2 ORDER BY u.id DESC LIMIT $3";
constexpr std::string_view Values =
    "INSERT INTO auth_users (id, email, email_norm, name, locale, timezone, terms_version, "
    "email_verified_at, status, is_admin, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, "
    "$7, $8, $9, $10, $11, $11)";
constexpr std::string_view UnlessTaken = " ON CONFLICT (email_norm) DO NOTHING";

constexpr Statement Insert{"auth.users.insert", Values};
constexpr Statement InsertIfFree{"auth.users.insert_if_free", Joined<Values, UnlessTaken>};
constexpr Statement Find{"auth.users.by_id", Joined<Select, users::Columns, ById>};
constexpr Statement FindByEmail{"auth.users.by_email", Joined<Select, users::Columns, ByEmail>};
constexpr Statement FindLogin{"auth.users.login", Joined<Select, users::Columns, LoginByEmail>};
constexpr Statement List{"auth.users.list", Joined<Select, users::Columns, AnyStatus>};
constexpr Statement ListStatus{"auth.users.list_status", Joined<Select, users::Columns, OneStatus>};
constexpr Statement Administrators{"auth.users.administrators",
                                   "SELECT id FROM auth_users WHERE is_admin = 1 ORDER BY id"};
constexpr Statement ChangedSince{
    "auth.users.changed_since",
    "SELECT id, status, banned_until, perm_version, token_not_before FROM auth_users WHERE "
    "updated_at >= $1 ORDER BY updated_at"};

[[nodiscard]] std::optional<std::string> text_of(const Row& row, std::size_t column) {
  const auto text = row.maybe_text(column);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

[[nodiscard]] std::optional<User> only(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return users::user_of(rows[0]);
}

std::uint64_t add(Transaction& db, const Statement& statement, const NewUser& user, Time now) {
  const UserStatus status = user.verified ? UserStatus::Active : UserStatus::Pending;
  return db.change(statement, {user.id, user.email, user.email_normalised, user.name, user.locale,
                               user.timezone, user.terms_version, count_of(user.verified),
                               name_of(status), user.is_admin, now.count()});
}

}  // namespace

std::string_view name_of(UserStatus status) noexcept {
  return StatusNames[static_cast<std::size_t>(status)];
}

namespace users {

UserStatus status_of(std::string_view name) {
  for (std::size_t i = 0; i < StatusNames.size(); ++i) {
    if (StatusNames[i] == name) return static_cast<UserStatus>(i);
  }
  throw std::logic_error("auth_users has a status that is none: " + std::string(name));
}

User user_of(const Row& row) {
  return {.id = std::string(row.text(0)),
          .email = std::string(row.text(1)),
          .email_normalised = std::string(row.text(2)),
          .verified = time_of(row.maybe_integer(3)),
          .name = text_of(row, 4),
          .locale = text_of(row, 5),
          .timezone = text_of(row, 6),
          .status = status_of(row.text(7)),
          .banned_until = time_of(row.maybe_integer(8)),
          .is_admin = row.flag(9),
          .permission_version = row.integer(10),
          .token_not_before = Time(row.integer(11)),
          .metadata = std::string(row.text(12)),
          .terms_version = text_of(row, 13),
          .created = Time(row.integer(14)),
          .updated = Time(row.integer(15)),
          .row_version = row.integer(16)};
}

void insert(Transaction& db, const NewUser& user, Time now) { add(db, Insert, user, now); }

bool insert_if_free(Transaction& db, const NewUser& user, Time now) {
  return add(db, InsertIfFree, user, now) == 1;
}

std::optional<User> find(Reader& db, std::string_view id) { return only(db.query(Find, {id})); }

std::optional<User> find_by_email(Reader& db, std::string_view email_normalised) {
  return only(db.query(FindByEmail, {email_normalised}));
}

std::optional<Login> find_login(Reader& db, std::string_view email_normalised) {
  const Rows rows = db.query(FindLogin, {email_normalised});
  if (rows.empty()) return std::nullopt;
  return Login{user_of(rows[0]), text_of(rows[0], ColumnCount),
               Time(rows[0].maybe_integer(ColumnCount + 1).value_or(0))};
}

std::vector<User> list(Reader& db, const Page& page) {
  const std::string_view before = page.before.value_or(uuid::Last);
  const Rows rows = page.status ? db.query(ListStatus, {name_of(*page.status), before, page.limit})
                                : db.query(List, {before, page.limit});
  std::vector<User> found;
  found.reserve(rows.size());
  for (const Row row : rows) found.push_back(user_of(row));
  return found;
}

std::vector<std::string> administrators(Reader& db) {
  std::vector<std::string> found;
  for (const Row row : db.query(Administrators)) found.emplace_back(row.text(0));
  return found;
}

std::vector<Standing> changed_since(Reader& db, Time since) {
  std::vector<Standing> found;
  for (const Row row : db.query(ChangedSince, {since.count()})) {
    found.push_back({std::string(row.text(0)), status_of(row.text(1)),
                     time_of(row.maybe_integer(2)), row.integer(3), Time(row.integer(4))});
  }
  return found;
}

}  // namespace users
}  // namespace portico::auth
