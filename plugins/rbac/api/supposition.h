// SPDX-License-Identifier: Apache-2.0
// Roles and assignments as they would be: copies of what this node knows, changed. Of one request.
#pragma once

#include "api/parts.h"
#include "api/simulation.h"
#include "model/assignment.h"
#include "model/book.h"
#include "model/role.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Supposition {
 public:
  /// Throws Refusal, 422, for changes that could not be made.
  Supposition(const SimulationBody& body, const FreeFields& free, const Book& book,
              const Parts& parts);

  [[nodiscard]] const Book& book() const noexcept { return *book_; }
  /// Of a user.
  [[nodiscard]] const std::vector<Assignment>& assignments(const std::string& user);

 private:
  void put_role(const NewRoleBody& body, const FreeFields& free, const std::string& where);
  void remove_role(std::string_view name, const std::string& where);
  void assign(const SimulatedAssignment& body, const std::string& where);
  void revoke(const SimulatedRevocation& body, const std::string& where);
  /// Throws Refusal, 422, where there is none.
  [[nodiscard]] Role& known_role(std::string_view name, const std::string& where);
  void drop(const std::string& user, std::int64_t role, std::string_view scope);

  const Parts& parts_;
  std::vector<Role> roles_;
  std::shared_ptr<const Book> book_;
  std::map<std::string, std::vector<Assignment>> users_;
};

}  // namespace portico::rbac
