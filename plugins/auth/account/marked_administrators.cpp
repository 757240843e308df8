// SPDX-License-Identifier: Apache-2.0
#include "account/marked_administrators.h"

#include "store/users.h"

#include <algorithm>

namespace portico::auth {
namespace {

/// What their tokens and sessions say.
constexpr std::string_view AdminRole = "admin";

bool is_administrator(const Principal& caller, std::string_view issuer) {
  // Another issuer's tokens may say the same of its own users.
  return caller.issuer == issuer &&
         std::ranges::find(caller.roles, AdminRole) != caller.roles.end();
}

}  // namespace

Callable<Flow(Request&)> MarkedAdministrators::guard(std::string_view permission) {
  return [this, lacking = "lacks the permission " + std::string(permission)](Request& request) {
    const Principal* const caller = request.principal();
    if (caller == nullptr) {
      return reply(problem(Status::Unauthorized, "authentication_required",
                           "This needs a caller who is known; log in."));
    }
    if (is_administrator(*caller, settings_.issuer)) return pass();
    return reply(
        problem(Status::Forbidden, "permission_denied", "The caller may not do this.", lacking));
  };
}

void MarkedAdministrators::grant_default(Transaction& /*db*/, std::string_view /*subject*/) {}

void MarkedAdministrators::make_administrator(Transaction& db, std::string_view subject) {
  users::appoint_admin(db, subject, host_.unix_time());
}

bool MarkedAdministrators::may_lose(Transaction& db, std::string_view subject) {
  const auto user = users::find(db, subject);
  if (!user || !user->is_admin) return true;
  const Time now = host_.unix_time();
  return std::ranges::any_of(users::administrators(db), [&](const std::string& other) {
    if (other == subject) return false;
    const auto they = users::find(db, other);
    return they && they->may_log_in(now);
  });
}

std::vector<std::string> MarkedAdministrators::roles_of(Reader& db, std::string_view subject) {
  const auto user = users::find(db, subject);
  if (!user || !user->is_admin) return {};
  return {std::string(AdminRole)};
}

bool MarkedAdministrators::holds(Reader& db, std::string_view subject,
                                 std::string_view /*permission*/) {
  const auto user = users::find(db, subject);
  return user && user->is_admin;
}

}  // namespace portico::auth
