// SPDX-License-Identifier: Apache-2.0
#include "store/grants.h"

#include <string>

namespace portico::rbac {
namespace {

constexpr std::string_view Allows = "allow";
constexpr std::string_view Denies = "deny";

constexpr Statement All{"rbac.grants.all",
                        "SELECT pattern, effect, condition, role FROM rbac_grants ORDER BY role, "
                        "pattern, effect"};
constexpr Statement Of{"rbac.grants.of",
                       "SELECT pattern, effect, condition FROM rbac_grants WHERE role = $1 ORDER "
                       "BY pattern, effect"};
constexpr Statement Put{
    "rbac.grants.put",
    "INSERT INTO rbac_grants (role, pattern, effect, condition) VALUES ($1, $2, $3, $4) ON "
    "CONFLICT (role, pattern, effect) DO UPDATE SET condition = excluded.condition"};
constexpr Statement Remove{"rbac.grants.remove",
                           "DELETE FROM rbac_grants WHERE role = $1 AND pattern = $2 AND effect = "
                           "$3"};
constexpr Statement RemoveBoth{"rbac.grants.remove_both",
                               "DELETE FROM rbac_grants WHERE role = $1 AND pattern = $2"};
constexpr Statement Clear{"rbac.grants.clear", "DELETE FROM rbac_grants WHERE role = $1"};

[[nodiscard]] Grant grant_of(const Row& row) {
  return {.pattern = std::string(row.text(0)),
          .effect = row.text(1) == Allows ? Effect::Allow : Effect::Deny,
          .condition = std::string(row.text(2))};
}

}  // namespace

std::string_view name_of(Effect effect) noexcept {
  return effect == Effect::Allow ? Allows : Denies;
}

std::optional<Effect> effect_of(std::string_view name) noexcept {
  if (name == Allows) return Effect::Allow;
  if (name == Denies) return Effect::Deny;
  return std::nullopt;
}

namespace grants {

std::vector<std::pair<std::int64_t, Grant>> all(Reader& db) {
  const Rows rows = db.query(All);
  std::vector<std::pair<std::int64_t, Grant>> found;
  found.reserve(rows.size());
  for (const Row row : rows) found.emplace_back(row.integer(3), grant_of(row));
  return found;
}

std::vector<Grant> of(Reader& db, std::int64_t role) {
  std::vector<Grant> found;
  for (const Row row : db.query(Of, {role})) found.push_back(grant_of(row));
  return found;
}

void put(Transaction& db, std::int64_t role, const Grant& grant) {
  db.change(Put, {role, grant.pattern, name_of(grant.effect), grant.condition});
}

bool remove(Transaction& db, std::int64_t role, std::string_view pattern,
            std::optional<Effect> effect) {
  return effect ? db.change(Remove, {role, pattern, name_of(*effect)}) != 0
                : db.change(RemoveBoth, {role, pattern}) != 0;
}

void replace(Transaction& db, std::int64_t role, std::span<const Grant> grants) {
  db.change(Clear, {role});
  for (const Grant& grant : grants) put(db, role, grant);
}

}  // namespace grants
}  // namespace portico::rbac
