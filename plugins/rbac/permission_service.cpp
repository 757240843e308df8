// SPDX-License-Identifier: Apache-2.0
#include "permission_service.h"

#include "model/coverage.h"
#include "store/assignments.h"
#include "store/roles.h"
#include "store/seed.h"
#include "store/versions.h"

#include <utility>

namespace portico::rbac {

PermissionService::PermissionService(const Config& config, Gate& gate,
                                     administrators::CanAct can_log_in, Host& host)
    : config_(config), gate_(gate), can_log_in_(std::move(can_log_in)), host_(host) {}

Callable<Flow(Request&)> PermissionService::guard(std::string_view permission) {
  return gate_.guard(permission);
}

// No version is raised: whoever is new is known to no node, so nobody has anything to forget. It
// would also make all sign-ups wait for each other.
void PermissionService::grant_default(Transaction& db, std::string_view subject) {
  if (config_.database.empty()) return;
  const auto role = roles::find(db, config_.default_role);
  if (role) give(db, subject, role->number, "the role of every new user");
}

// A command may come before the gateway has ever been started.
void PermissionService::make_administrator(Transaction& db, std::string_view subject) {
  if (config_.database.empty()) return;
  const Time now = host_.unix_time();
  apply_seed(db, {}, now);
  give(db, subject, roles::find(db, AdminRole)->number, "made an administrator by an operator");
  versions::raise(db, {.user = std::string(subject)}, now);
}

bool PermissionService::may_lose(Transaction& db, std::string_view subject) {
  if (config_.database.empty()) return true;
  const Time now = host_.unix_time();
  if (!administrators::is_one(db, subject, now, can_log_in_)) return true;
  // A command comes to a gateway that was never started.
  const auto can_administer = administrators::who_can_act(
      [this](Reader& reader, std::string_view user) { return can_log_in_(reader, user); },
      Book::compile(roles::all(db), 0));
  return !administrators::is_one(db, subject, now, can_administer) ||
         administrators::another(db, subject, now, can_administer);
}

std::vector<std::string> PermissionService::roles_of(Reader& db, std::string_view subject) {
  std::vector<std::string> names;
  if (config_.database.empty()) return names;
  const Time now = host_.unix_time();
  for (AssignmentRow& row : assignments::rows(db, subject)) {
    const Assignment& each = row.assignment;
    if (each.everywhere() && each.begun(now) && !each.ended(now)) {
      names.push_back(std::move(row.role));
    }
  }
  return names;
}

bool PermissionService::holds(Reader& db, std::string_view subject, std::string_view permission) {
  if (config_.database.empty()) return false;
  const auto book = gate_.knowledge().book();
  return book && covers(*book, assignments::of(db, subject), permission);
}

void PermissionService::give(Transaction& db, std::string_view subject, std::int64_t role,
                             std::string_view reason) {
  const std::string id = host_.new_id();
  assignments::put(db, {.id = id, .user = subject, .assignment = {.role = role}, .reason = reason},
                   host_.unix_time());
}

}  // namespace portico::rbac
