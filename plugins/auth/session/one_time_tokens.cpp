// SPDX-License-Identifier: Apache-2.0
#include "session/one_time_tokens.h"

#include "shared/joined.h"

#include <algorithm>

namespace portico::auth::one_time {
namespace {

using Kind = Shown::Kind;

constexpr std::string_view Values =
    "INSERT INTO auth_one_time_tokens (id, user_id, purpose, digest, flow_id, code_digest, "
    "code_expires_at, max_attempts, payload, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, "
    "$6, $7, $8, $9, $10, $11)";
// In one statement, so that two requests at once cannot both find nothing to replace.
constexpr std::string_view NewestWins =
    " ON CONFLICT (user_id, purpose) WHERE used_at IS NULL AND purpose IN ('verify_email', "
    "'reset', 'email_change') DO UPDATE SET id = excluded.id, digest = excluded.digest, flow_id = "
    "excluded.flow_id, code_digest = excluded.code_digest, code_expires_at = "
    "excluded.code_expires_at, attempts = 0, max_attempts = excluded.max_attempts, payload = "
    "excluded.payload, created_at = excluded.created_at, expires_at = excluded.expires_at";
constexpr Statement Add{"auth.one_time_tokens.add", Values};
constexpr Statement Replace{"auth.one_time_tokens.replace", Joined<Values, NewestWins>};

constexpr Statement Look{
    "auth.one_time_tokens.look",
    "SELECT id, user_id, payload, used_at, expires_at FROM auth_one_time_tokens WHERE digest = $1 "
    "AND purpose = $2"};
constexpr Statement Consume{
    "auth.one_time_tokens.consume",
    "UPDATE auth_one_time_tokens SET used_at = $1 WHERE digest = $2 AND purpose = $3 AND used_at "
    "IS NULL AND expires_at > $1 RETURNING id, user_id, payload"};
constexpr Statement ConsumeById{"auth.one_time_tokens.consume_by_id",
                                "UPDATE auth_one_time_tokens SET used_at = $1 WHERE id = $2"};
constexpr Statement FailById{
    "auth.one_time_tokens.fail",
    "UPDATE auth_one_time_tokens SET attempts = attempts + 1 WHERE id = $1"};

constexpr std::string_view CodeColumns =
    "SELECT id, user_id, payload, used_at, code_expires_at, code_digest, attempts, max_attempts "
    "FROM auth_one_time_tokens WHERE ";
constexpr std::string_view CodeOfUser =
    "user_id = $1 AND purpose = $2 AND code_digest IS NOT NULL ORDER BY created_at DESC, id DESC "
    "LIMIT 1";
constexpr std::string_view CodeOfFlow = "flow_id = $1 AND purpose = $2 AND code_digest IS NOT NULL";
constexpr Statement ByUser{"auth.one_time_tokens.code_of_user", Joined<CodeColumns, CodeOfUser>};
constexpr Statement ByFlow{"auth.one_time_tokens.code_of_flow", Joined<CodeColumns, CodeOfFlow>};

constexpr Statement Withdraw{
    "auth.one_time_tokens.withdraw",
    "DELETE FROM auth_one_time_tokens WHERE user_id = $1 AND used_at IS NULL AND purpose IN "
    "('reset', 'email_change', 'otp_login', 'mfa')"};
constexpr Statement Purge{
    "auth.one_time_tokens.purge",
    "DELETE FROM auth_one_time_tokens WHERE id IN (SELECT id FROM auth_one_time_tokens WHERE "
    "expires_at < $1 ORDER BY expires_at LIMIT $2)"};

[[nodiscard]] bool newest_wins(Purpose purpose) noexcept {
  return purpose == Purpose::VerifyEmail || purpose == Purpose::Reset ||
         purpose == Purpose::EmailChange;
}

/// Its first columns are id, user_id and payload.
[[nodiscard]] Shown shown(Kind kind, const Row& row) {
  const auto user = row.maybe_text(1);
  return {kind, std::string(row.text(0)), user ? std::optional<std::string>(*user) : std::nullopt,
          std::string(row.text(2))};
}

[[nodiscard]] Kind judge_code(const Row& row, const Digest& digest, Time now) {
  if (!row.null(3)) return Kind::Used;
  if (Time(row.integer(4)) <= now) return Kind::Expired;
  if (row.integer(6) >= row.integer(7)) return Kind::Exhausted;
  return equal(row.blob(5), digest) ? Kind::Good : Kind::Wrong;
}

}  // namespace

void make(Transaction& db, const NewOneTimeToken& token, Time now) {
  const bool replaces = newest_wins(token.purpose) && token.user_id;
  const auto& code = token.code;
  db.change(replaces ? Replace : Add,
            {token.id, token.user_id, name_of(token.purpose), token.digest, token.flow_id,
             code ? SqlValue(code->digest) : SqlValue(std::nullopt),
             code ? SqlValue(code->expires.count()) : SqlValue(std::nullopt),
             code ? code->tries : 0, token.payload, now.count(), token.expires.count()});
}

Shown look(Reader& db, Purpose purpose, const Digest& digest, Time now) {
  const Rows rows = db.query(Look, {digest, name_of(purpose)});
  if (rows.empty()) return {};
  if (!rows[0].null(3)) return shown(Kind::Used, rows[0]);
  return shown(Time(rows[0].integer(4)) > now ? Kind::Good : Kind::Expired, rows[0]);
}

Shown consume(Transaction& db, Purpose purpose, const Digest& digest, Time now) {
  const Rows rows = db.query(Consume, {now.count(), digest, name_of(purpose)});
  return rows.empty() ? look(db, purpose, digest, now) : shown(Kind::Good, rows[0]);
}

Shown consume_code(Transaction& db, const CodeTry& given, Time now) {
  const Statement& find = given.by == CodeTry::By::User ? ByUser : ByFlow;
  const Rows rows = db.query(find, {given.id, name_of(given.purpose)});
  if (rows.empty()) return {};
  Shown result = shown(judge_code(rows[0], given.digest, now), rows[0]);
  if (result.kind == Kind::Good) db.change(ConsumeById, {now.count(), result.id});
  if (result.kind == Kind::Wrong) db.change(FailById, {result.id});
  return result;
}

void withdraw(Transaction& db, std::string_view user_id) { db.change(Withdraw, {user_id}); }

std::size_t purge(Transaction& db, Time expired_before, std::size_t most) {
  return db.change(Purge, {expired_before.count(), most});
}

}  // namespace portico::auth::one_time
