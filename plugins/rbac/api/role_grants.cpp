// SPDX-License-Identifier: Apache-2.0
#include "api/role_grants.h"

#include "api/answers.h"
#include "api/deed.h"
#include "api/own_set.h"
#include "api/role_draft.h"
#include "api/role_state.h"
#include "shared/json_out.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "store/grants.h"
#include "store/versions.h"

#include <algorithm>
#include <optional>

namespace portico::rbac {
namespace {

constexpr std::size_t MostGrants = 10'000;

Grant grant_of_body(Request& request) {
  const std::string pattern = path_part(request, "permission");
  if (request.body().empty()) return grant_of(pattern, "allow", {}, {});
  const auto terms = request.json<GrantTerms>();
  return grant_of(pattern, terms.effect, FreeFields(request.body()).text("/condition"), {});
}

std::optional<Effect> effect_of_query(const Request& request) {
  const auto name = request.query("effect");
  if (!name) return std::nullopt;
  const auto effect = effect_of(*name);
  if (effect) return effect;
  throw Refusal(Status::UnprocessableContent, "validation_failed", "`effect` is allow or deny.");
}

/// Whether there was anything to do.
bool put_among(std::vector<Grant>& grants, const Grant& grant) {
  const auto old = std::ranges::find_if(grants, [&](const Grant& each) {
    return each.pattern == grant.pattern && each.effect == grant.effect;
  });
  if (old != grants.end() && old->condition == grant.condition) return false;
  if (old != grants.end()) grants.erase(old);
  grants.push_back(grant);
  if (grants.size() <= MostGrants) return true;
  throw Refusal(Status::UnprocessableContent, "too_many_permissions",
                "A role has at most 10 000 permissions; use patterns.");
}

std::int64_t note(Transaction& db, const Parts& parts, const Request& request, const Role& role,
                  std::string_view pattern) {
  const Time now = parts.host.unix_time();
  roles::touch(db, role.number, now);
  JsonOut detail;
  detail.begin_object().member("permission", pattern).end_object();
  record(db, parts, request,
         {action::PermissionChanged, "role", role.name, std::string(detail.text())});
  return versions::raise(db, {.roles = true}, now);
}

}  // namespace

Response RoleGrants::put(Request& request) const {
  const std::string name = path_part(request, "name");
  const Grant grant = grant_of_body(request);
  const OwnSet own(request, parts_);
  return done(parts_.commit([&](Transaction& db) -> std::optional<std::int64_t> {
    (void)writable_role(db, request, name);
    Role role = *roles::whole(db, name);
    if (!put_among(role.grants, grant)) return std::nullopt;
    check_change(db, parts_, own, role);
    grants::put(db, role.number, grant);
    return note(db, parts_, request, role, grant.pattern);
  }));
}

Response RoleGrants::remove(Request& request) const {
  const std::string name = path_part(request, "name");
  const std::string pattern = path_part(request, "permission");
  const std::optional<Effect> effect = effect_of_query(request);
  const OwnSet own(request, parts_);
  return done(parts_.commit([&](Transaction& db) -> std::optional<std::int64_t> {
    (void)writable_role(db, request, name);
    Role role = *roles::whole(db, name);
    const auto gone = std::erase_if(role.grants, [&](const Grant& each) {
      return each.pattern == pattern && (!effect || each.effect == *effect);
    });
    if (gone == 0) return std::nullopt;
    check_change(db, parts_, own, role);
    grants::remove(db, role.number, pattern, effect);
    return note(db, parts_, request, role, pattern);
  }));
}

}  // namespace portico::rbac
