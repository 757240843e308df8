// SPDX-License-Identifier: Apache-2.0
// The changes of users.h: each raises the row's version and says when it was.
#include "store/users.h"

namespace portico::auth::users {
namespace {

constexpr Statement MarkVerified{
    "auth.users.mark_verified",
    "UPDATE auth_users SET email_verified_at = $1, status = CASE WHEN status = 'pending' THEN "
    "'active' ELSE status END, updated_at = $1, row_version = row_version + 1 WHERE id = $2 AND "
    "status <> 'erased'"};
constexpr Statement Disable{
    "auth.users.disable",
    "UPDATE auth_users SET status = 'disabled', updated_at = $1, row_version = row_version + 1 "
    "WHERE id = $2 AND status IN ('pending', 'active')"};
constexpr Statement Enable{
    "auth.users.enable",
    "UPDATE auth_users SET status = CASE WHEN email_verified_at IS NULL THEN 'pending' ELSE "
    "'active' END, updated_at = $1, row_version = row_version + 1 WHERE id = $2 AND status = "
    "'disabled'"};
constexpr Statement Ban{
    "auth.users.ban",
    "UPDATE auth_users SET banned_until = $1, updated_at = $2, row_version = row_version + 1 WHERE "
    "id = $3 AND status <> 'erased'"};
constexpr Statement Appoint{
    "auth.users.appoint_admin",
    "UPDATE auth_users SET is_admin = 1, perm_version = perm_version + 1, updated_at = $1, "
    "row_version = row_version + 1 WHERE id = $2 AND is_admin = 0 AND status <> 'erased'"};
constexpr Statement Dismiss{
    "auth.users.dismiss_admin",
    "UPDATE auth_users SET is_admin = 0, perm_version = perm_version + 1, updated_at = $1, "
    "row_version = row_version + 1 WHERE id = $2 AND is_admin = 1 AND EXISTS (SELECT 1 FROM "
    "auth_users o WHERE o.is_admin = 1 AND o.status = 'active' AND o.id <> $2)"};
constexpr Statement ChangeProfile{
    "auth.users.change_profile",
    "UPDATE auth_users SET name = $1, locale = $2, timezone = $3, metadata = $4, updated_at = $5, "
    "row_version = row_version + 1 WHERE id = $6 AND row_version = $7"};
constexpr Statement ChangeEmail{
    "auth.users.change_email",
    "UPDATE auth_users SET email = $1, email_norm = $2, email_verified_at = $3, status = CASE WHEN "
    "status = 'pending' THEN 'active' ELSE status END, updated_at = $3, row_version = row_version "
    "+ 1 WHERE id = $4 AND status <> 'erased' AND NOT EXISTS (SELECT 1 FROM auth_users o WHERE "
    "o.email_norm = $2 AND o.id <> $4)"};
constexpr Statement InvalidateTokens{
    "auth.users.invalidate_tokens",
    "UPDATE auth_users SET token_not_before = $1, updated_at = $1, row_version = row_version + 1 "
    "WHERE id = $2"};
constexpr Statement RaiseVersion{
    "auth.users.raise_permission_version",
    "UPDATE auth_users SET perm_version = perm_version + 1, updated_at = $1, row_version = "
    "row_version + 1 WHERE id = $2 RETURNING perm_version"};

}  // namespace

bool mark_verified(Transaction& db, std::string_view id, Time now) {
  return db.change(MarkVerified, {now.count(), id}) == 1;
}

bool disable(Transaction& db, std::string_view id, Time now) {
  return db.change(Disable, {now.count(), id}) == 1;
}

bool enable(Transaction& db, std::string_view id, Time now) {
  return db.change(Enable, {now.count(), id}) == 1;
}

bool ban(Transaction& db, std::string_view id, std::optional<Time> until, Time now) {
  return db.change(Ban, {count_of(until), now.count(), id}) == 1;
}

bool appoint_admin(Transaction& db, std::string_view id, Time now) {
  return db.change(Appoint, {now.count(), id}) == 1;
}

bool dismiss_admin(Transaction& db, std::string_view id, Time now) {
  return db.change(Dismiss, {now.count(), id}) == 1;
}

bool change_profile(Transaction& db, std::string_view id, const Profile& profile,
                    std::int64_t row_version, Time now) {
  return db.change(ChangeProfile, {profile.name, profile.locale, profile.timezone, profile.metadata,
                                   now.count(), id, row_version}) == 1;
}

bool change_email(Transaction& db, std::string_view id, std::string_view email,
                  std::string_view email_normalised, Time now) {
  return db.change(ChangeEmail, {email, email_normalised, now.count(), id}) == 1;
}

bool invalidate_tokens(Transaction& db, std::string_view id, Time now) {
  return db.change(InvalidateTokens, {now.count(), id}) == 1;
}

std::optional<std::int64_t> raise_permission_version(Transaction& db, std::string_view id,
                                                     Time now) {
  const Rows rows = db.query(RaiseVersion, {now.count(), id});
  if (rows.empty()) return std::nullopt;
  return rows[0].integer(0);
}

}  // namespace portico::auth::users
