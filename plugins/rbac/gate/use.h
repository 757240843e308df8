// SPDX-License-Identifier: Apache-2.0
// What a place of use of `rbac` asks for.
#pragma once

#include <portico/schema.h>

#include <map>
#include <string>
#include <vector>

namespace portico::rbac {

/// Who a thing belongs to: the user whom a parameter of the route names.
struct Owner {
  std::string param;

  static void describe(Schema<Owner>& s);
};

struct Use {
  std::string require;
  std::vector<std::string> any_of;
  std::vector<std::string> all_of;
  std::string role;
  Owner owner;
  Template scope;
  std::map<std::string, Template> resource;

  static void describe(Schema<Use>& s);
};

}  // namespace portico::rbac
