// SPDX-License-Identifier: Apache-2.0
// The routes below the plugin's mount: roles, who has them, and questions about both. Each asks for
// a permission of its own; what a caller may give on top of that, own_set.h says.
#pragma once

#include "api/authority.h"
#include "api/checks.h"
#include "api/parts.h"
#include "api/permission_list.h"
#include "api/role_grants.h"
#include "api/roles_routes.h"
#include "api/user_roles.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/plugin.h>

#include <string_view>

namespace portico::rbac {

class Api {
 public:
  /// All last as long as this.
  Api(Sql& sql, Authority& authority, Host::Service<Identity> identity, Host& host);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  void setup(Registrar& registrar);

 private:
  using Serve = Callable<Response(Request&)>;
  struct Place {
    std::string_view method;
    std::string_view path;
    std::string_view permission;
  };

  void add_roles(Registrar& registrar);
  void add_role(Registrar& registrar);
  void add_permissions(Registrar& registrar);
  void add_users(Registrar& registrar);
  void add_checks(Registrar& registrar);
  void add_reports(Registrar& registrar);
  static RouteSpec route(Registrar& registrar, const Place& place, Serve serve);

  const Parts parts_;
  const RolesRoutes roles_;
  const RoleGrants grants_;
  const PermissionRoutes permissions_;
  const UserRoles users_;
  const Checks checks_;
};

}  // namespace portico::rbac
