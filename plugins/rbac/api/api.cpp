// SPDX-License-Identifier: Apache-2.0
#include "api/api.h"

#include "api/assignment_body.h"
#include "api/decision_list.h"
#include "api/explaining.h"
#include "api/members.h"
#include "api/role_body.h"
#include "api/simulation.h"
#include "api/user_permissions.h"
#include "shared/refusal.h"

#include <utility>

namespace portico::rbac {
namespace {

constexpr Bytes MostBody{64ULL * 1024};

constexpr std::string_view Read = "rbac:roles:read";
constexpr std::string_view Write = "rbac:roles:write";
constexpr std::string_view Assign = "rbac:roles:assign";
constexpr std::string_view WritePermissions = "rbac:permissions:write";
constexpr std::string_view Check = "rbac:check";
constexpr std::string_view Explain = "rbac:explain";
constexpr std::string_view ReadDecisions = "rbac:decisions:read";

}  // namespace

Api::Api(Sql& sql, Authority& authority, Host::Service<Identity> identity, Host& host)
    : parts_{.host = host, .sql = sql, .authority = authority, .identity = identity},
      roles_(parts_),
      grants_(parts_),
      permissions_(parts_),
      users_(parts_),
      checks_(parts_) {}

void Api::setup(Registrar& registrar) {
  add_roles(registrar);
  add_role(registrar);
  add_permissions(registrar);
  add_users(registrar);
  add_checks(registrar);
  add_reports(registrar);
}

RouteSpec Api::route(Registrar& registrar, const Place& place, Serve serve) {
  return registrar
      .route(place.method, place.path,
             [serve = std::move(serve)](Request& request) {
               try {
                 return serve(request);
               } catch (const Refusal& refusal) {
                 return refusal.answer();
               }
             })
      .permission(place.permission)
      .body_limit(MostBody);
}

void Api::add_roles(Registrar& registrar) {
  route(registrar, {"GET", "/roles", Read}, [this](Request& q) { return roles_.list(q); })
      .summary("Lists the roles.")
      .answers<RoleList>(200);
  route(registrar, {"POST", "/roles", Write}, [this](Request& q) { return roles_.create(q); })
      .summary("Makes a role.")
      .body<NewRoleBody>()
      .answers<RoleView>(201)
      .idempotent(parts_.sql);
  route(registrar, {"GET", "/roles/{name}", Read}, [this](Request& q) { return roles_.show(q); })
      .summary("Shows a role.")
      .answers<RoleView>(200);
  route(registrar, {"PUT", "/roles/{name}", Write},
        [this](Request& q) { return roles_.replace(q); })
      .summary("Says anew what a role is made of.")
      .body<RoleBody>()
      .answers<RoleView>(200);
  route(registrar, {"PATCH", "/roles/{name}", Write},
        [this](Request& q) { return roles_.change(q); })
      .summary("Changes some of what a role is made of.")
      .body<RoleBody>()
      .answers<RoleView>(200);
  route(registrar, {"DELETE", "/roles/{name}", Write},
        [this](Request& q) { return roles_.remove(q); })
      .summary("Removes a role that nobody has; any: ?force=true.")
      .answers(204);
}

void Api::add_role(Registrar& registrar) {
  route(registrar, {"PUT", "/roles/{name}/permissions/{permission}", Write},
        [this](Request& q) { return grants_.put(q); })
      .summary("Gives a role a permission, or denies it.")
      .body<GrantTerms>()
      .answers(204);
  route(registrar, {"DELETE", "/roles/{name}/permissions/{permission}", Write},
        [this](Request& q) { return grants_.remove(q); })
      .summary("Takes a permission out of a role: ?effect=allow, deny.")
      .answers(204);
  route(registrar, {"GET", "/roles/{name}/members", Read},
        [this](Request& q) { return list_members(q, parts_); })
      .summary("Lists who has a role.")
      .answers<MemberList>(200);
}

void Api::add_permissions(Registrar& registrar) {
  route(registrar, {"GET", "/permissions", Read},
        [this](Request& q) { return permissions_.list(q); })
      .summary("Lists the permissions that applications ask for.")
      .answers<PermissionList>(200);
  route(registrar, {"POST", "/permissions", WritePermissions},
        [this](Request& q) { return permissions_.put(q); })
      .summary("Says that an application asks for a permission.")
      .body<PermissionBody>()
      .answers<PermissionBody>(201)
      .answers<PermissionBody>(200)
      .idempotent(parts_.sql);
  route(registrar, {"DELETE", "/permissions/{permission}", WritePermissions},
        [this](Request& q) { return permissions_.remove(q); })
      .summary("Says that none does any more; roles keep it.")
      .answers(204);
}

void Api::add_users(Registrar& registrar) {
  route(registrar, {"GET", "/users/{id}/roles", Read},
        [this](Request& q) { return users_.show(q); })
      .summary("Lists the roles of a user; with those that come with them: ?effective=true.")
      .answers<AssignmentList>(200);
  route(registrar, {"PUT", "/users/{id}/roles", Assign},
        [this](Request& q) { return users_.replace(q); })
      .summary("Says which roles a user is to have.")
      .body<AssignmentSet>()
      .answers<AssignmentList>(200);
  route(registrar, {"POST", "/users/{id}/roles", Assign},
        [this](Request& q) { return users_.add(q); })
      .summary("Gives a user a role.")
      .body<AssignmentBody>()
      .answers<AssignmentList>(201)
      .answers<AssignmentList>(200)
      .idempotent(parts_.sql);
  route(registrar, {"DELETE", "/users/{id}/roles/{role}", Assign},
        [this](Request& q) { return users_.remove(q); })
      .summary("Takes a role from a user: ?scope=, everywhere without it.")
      .answers(204);
  route(registrar, {"GET", "/users/{id}/permissions", Read},
        [this](Request& q) { return list_permissions_of(q, parts_); })
      .summary("Lists what a user may do now.")
      .answers<EffectiveList>(200);
}

void Api::add_checks(Registrar& registrar) {
  route(registrar, {"POST", "/check", Check}, [this](Request& q) { return checks_.check(q); })
      .summary("Says whether a user may do something.")
      .body<CheckBody>()
      .answers<CheckAnswer>(200);
  route(registrar, {"POST", "/check/batch", Check}, [this](Request& q) { return checks_.batch(q); })
      .summary("Says it of many at once.")
      .body<BatchBody>()
      .answers<BatchAnswer>(200);
  route(registrar, {"POST", "/list-resources", Check},
        [this](Request& q) { return list_resources(q, parts_); })
      .summary("Says what of a kind a user may do something to.")
      .body<ListBody>()
      .answers<ReachList>(200);
}

void Api::add_reports(Registrar& registrar) {
  route(registrar, {"POST", "/explain", Explain},
        [this](Request& q) { return explain_check(q, parts_); })
      .summary("Says why a user may do something, or may not.")
      .body<CheckBody>()
      .answers<ExplanationView>(200);
  route(registrar, {"POST", "/simulate", Explain},
        [this](Request& q) { return simulate(q, parts_); })
      .summary("Says what would be different if roles were.")
      .body<SimulationBody>()
      .answers<SimulationAnswer>(200);
  route(registrar, {"GET", "/decisions", ReadDecisions},
        [this](Request& q) { return list_decisions(q, parts_); })
      .summary("Lists what was decided: ?subject=, permission, allowed, from, to.")
      .answers<DecisionList>(200);
}

}  // namespace portico::rbac
