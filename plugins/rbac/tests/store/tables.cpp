// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include "store/assignments.h"
#include "store/roles.h"
#include "store/seed.h"

namespace portico::rbac::test {

std::string Tables::id() {
  std::string made = std::to_string(++ids_);
  made.insert(0, 8 - made.size(), '0');
  return made + "-0000-7000-8000-000000000000";
}

std::int64_t Tables::add_role(std::string_view name) {
  return write([&](Transaction& db) { return *roles::add(db, {.name = name}, now); });
}

std::int64_t Tables::add_standard_roles() {
  return write([&](Transaction& db) {
    apply_seed(db, {}, now);
    return roles::find(db, AdminRole)->number;
  });
}

void Tables::assign(std::string_view user, const Assignment& assignment) {
  write([&](Transaction& db) {
    assignments::put(db, {.id = id(), .user = user, .assignment = assignment}, now);
  });
}

}  // namespace portico::rbac::test
