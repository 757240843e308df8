// SPDX-License-Identifier: Apache-2.0
// What a user may do, as answers show it.
#pragma once

#include "api/free_json.h"
#include "api/parts.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <string>
#include <vector>

namespace portico::rbac {

struct EffectiveView {
  std::string permission;
  std::string effect;
  FreeJson condition;
  std::string scope;
  std::vector<std::string> path;

  static void describe(Schema<EffectiveView>& s);
};

struct EffectiveList {
  std::vector<EffectiveView> items;
  std::int64_t version = 0;

  static void describe(Schema<EffectiveList>& s);
};

/// GET /users/{id}/permissions: what counts now.
[[nodiscard]] Response list_permissions_of(Request& request, const Parts& parts);

}  // namespace portico::rbac
