// SPDX-License-Identifier: Apache-2.0
#include "audit/log.h"

#include "audit/audit_row.h"
#include "throttle/network.h"

#include <string>

namespace portico::auth::audit {
namespace {

constexpr Statement Append{
    "auth.audit.append",
    "INSERT INTO auth_audit_log (id, at, actor_type, actor_id, action, target_type, target_id, "
    "outcome, session_id, request_id, detail, ip, ua_hash, pii, pii_salt, pii_digest) VALUES ($1, "
    "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"};
constexpr Statement EraseActor{
    "auth.audit.erase_actor",
    "UPDATE auth_audit_log SET ip = NULL, ua_hash = NULL, pii = NULL, pii_salt = NULL WHERE "
    "actor_id = $1"};
constexpr Statement EraseTarget{
    "auth.audit.erase_target",
    "UPDATE auth_audit_log SET ip = NULL, ua_hash = NULL, pii = NULL, pii_salt = NULL WHERE "
    "target_id = $1"};
constexpr Statement FindOld{
    "auth.audit.find_old",
    "SELECT id, ip FROM auth_audit_log WHERE pii_salt IS NOT NULL AND at < $1 ORDER BY at LIMIT "
    "$2"};
constexpr Statement Shorten{"auth.audit.shorten",
                            "UPDATE auth_audit_log SET ip = $1, pii_salt = NULL WHERE id = $2"};

}  // namespace

void append(Transaction& db, const Entry& entry) {
  const Digest personal = digest_of_personal(entry.salt, entry.ip, entry.agent, entry.pii);
  db.change(Append,
            {entry.id, entry.at.count(), entry.actor_type, entry.actor_id, entry.action,
             entry.target_type, entry.target_id, entry.outcome, entry.session_id, entry.request_id,
             entry.detail, entry.ip, entry.agent, entry.pii, entry.salt, personal});
}

void erase_personal(Transaction& db, std::string_view user_id) {
  db.change(EraseActor, {user_id});
  db.change(EraseTarget, {user_id});
}

std::size_t shorten_addresses(Transaction& db, Time before, std::size_t most) {
  const Rows rows = db.query(FindOld, {before.count(), most});
  for (const Row row : rows) {
    const auto ip = row.maybe_text(1);
    const auto network = ip ? std::optional<std::string>(network_of(*ip)) : std::nullopt;
    db.change(Shorten, {network, row.text(0)});
  }
  return rows.size();
}

}  // namespace portico::auth::audit
