// SPDX-License-Identifier: Apache-2.0
// The routes /permissions: what applications say that may be asked for. For people who compose
// roles: no decision looks at it.
#pragma once

#include "api/parts.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

struct PermissionBody {
  std::string name;
  std::string description;

  static void describe(Schema<PermissionBody>& s);
};

struct PermissionList {
  std::vector<PermissionBody> items;
  std::optional<std::string> next;

  static void describe(Schema<PermissionList>& s);
};

class PermissionRoutes {
 public:
  explicit PermissionRoutes(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response list(Request& request) const;
  /// 201; 200 where it was there, with what is said of it now.
  [[nodiscard]] Response put(Request& request) const;
  [[nodiscard]] Response remove(Request& request) const;

 private:
  const Parts& parts_;
};

}  // namespace portico::rbac
