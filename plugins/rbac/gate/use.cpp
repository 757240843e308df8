// SPDX-License-Identifier: Apache-2.0
#include "gate/use.h"

#include "model/permission.h"

#include <algorithm>
#include <string_view>

namespace portico::rbac {
namespace {

constexpr double MostPermissions = 32;
constexpr double MostAttributes = 32;

/// A part of an attribute's path in conditions.
std::string fault_of_attribute(std::string_view name) {
  const bool fits = !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  return fits ? "" : "is no name; write letters, digits, `_` and `-`";
}

}  // namespace

void Owner::describe(Schema<Owner>& s) {
  s.summary("Who the thing behind the route belongs to.");
  s.shorthand("param");
  s.field("param", &Owner::param, "The parameter of the path that holds the user's id.")
      .example("id");
}

void Use::describe(Schema<Use>& s) {
  s.summary("Lets pass who may: 401 for who is not known, 403 for who may not.");
  s.shorthand("require");
  s.field("require", &Use::require, "The permission that it takes.")
      .check(fault_of_permission)
      .example("\"orders:read\"");
  s.field("any_of", &Use::any_of, "Permissions of which one is enough.")
      .check(fault_of_permission)
      .max(MostPermissions)
      .example("[\"orders:read\", \"orders:audit\"]");
  s.field("all_of", &Use::all_of, "Permissions that it takes all of.")
      .check(fault_of_permission)
      .max(MostPermissions);
  s.field("role", &Use::role, "The role that it takes, had directly or through another.")
      .check(fault_of_role_name)
      .example("admin");
  s.field(
       "owner", &Use::owner,
       "Alone: only the owner passes. Beside permissions: the owner also passes by the same ones "
       "with `:own` behind them.")
      .example("{param: id}");
  s.field("scope", &Use::scope,
          "Where: roles that somebody has within one scope alone count in that one.")
      .example("\"{path.tenant}\"");
  s.field("resource", &Use::resource, "What conditions find as `resource.NAME`.")
      .check_keys(fault_of_attribute)
      .max(MostAttributes)
      .example("{amount: \"{query.amount}\"}");
  s.rule("say what it takes: one of `require`, `any_of`, `all_of`, `role`, or `owner`",
         [](const Use& u) {
           return !u.require.empty() || !u.any_of.empty() || !u.all_of.empty() || !u.role.empty() ||
                  !u.owner.param.empty();
         });
  s.rule(
      "`require`, `any_of`, `all_of` and `role` exclude each other; write two entries of `use` "
      "for both",
      [](const Use& u) {
        return int{!u.require.empty()} + int{!u.any_of.empty()} + int{!u.all_of.empty()} +
                   int{!u.role.empty()} <=
               1;
      });
}

}  // namespace portico::rbac
