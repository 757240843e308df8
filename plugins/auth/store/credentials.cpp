// SPDX-License-Identifier: Apache-2.0
#include "store/credentials.h"

namespace portico::auth::credentials {
namespace {

constexpr Statement SetPassword{
    "auth.credentials.set_password",
    "INSERT INTO auth_credentials (id, user_id, kind, secret, created_at, updated_at) VALUES ($1, "
    "$2, 'password', $3, $4, $4) ON CONFLICT (user_id) WHERE kind = 'password' DO UPDATE SET "
    "secret = excluded.secret, updated_at = excluded.updated_at"};
constexpr Statement RemovePassword{
    "auth.credentials.remove_password",
    "DELETE FROM auth_credentials WHERE user_id = $1 AND kind = 'password'"};
constexpr Statement FindPassword{
    "auth.credentials.password",
    "SELECT secret FROM auth_credentials WHERE user_id = $1 AND kind = 'password'"};
constexpr Statement Rehash{
    "auth.credentials.rehash",
    "UPDATE auth_credentials SET secret = $1 WHERE user_id = $2 AND kind = 'password' AND secret = "
    "$3"};

}  // namespace

void set_password(Transaction& db, const NewPassword& password, Time now) {
  db.change(SetPassword, {password.id, password.user_id, password.phc, now.count()});
}

void remove_password(Transaction& db, std::string_view user_id) {
  db.change(RemovePassword, {user_id});
}

std::optional<std::string> find_password(Reader& db, std::string_view user_id) {
  const Rows rows = db.query(FindPassword, {user_id});
  if (rows.empty()) return std::nullopt;
  return std::string(rows[0].text(0));
}

bool rehash_password(Transaction& db, std::string_view user_id, std::string_view old_phc,
                     std::string_view new_phc) {
  return db.change(Rehash, {new_phc, user_id, old_phc}) == 1;
}

}  // namespace portico::auth::credentials
