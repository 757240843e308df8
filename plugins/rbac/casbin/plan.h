// SPDX-License-Identifier: Apache-2.0
// What a model and a policy of Casbin come to here: roles, their grants, who has them, and what
// does not map. Pure: it is only a plan, which whoever imports shows, compares with what is there
// and writes. Any thread.
//
// Models of RBAC are read, with domains or without, with deny or without:
//
//   r = sub, obj, act        or with a domain: any fourth name
//   p = sub, obj, act        the same, with `eft` or without
//   g = _, _                 or _, _, _; or no roles at all
//   e = some(where (p.eft == allow)), with or without && !some(where (p.eft == deny))
//   m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act, in any order, with r.dom == p.dom
//
// An object and an action become the pattern "object:action", a domain the scope. "*" becomes "*"
// where the matcher makes it stand for anything, by keyMatch or by `|| p.obj == "*"`. A name counts
// as a role where some line of g gives it to somebody, else as a user. What a policy gives to a
// user goes into a role of the user's own. A role that grants in one domain what it does not in
// another becomes one role for each.
#pragma once

#include "model/role.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::casbin {

struct PlannedRole {
  std::string name;
  std::string source;                ///< The name in the policy: of a role, or of its one user.
  std::vector<std::string> parents;  ///< Names of planned roles, which stand before this one.
  std::vector<Grant> grants;
};

struct PlannedAssignment {
  std::string user;  ///< As the policy has it; whose account that is, the importer knows.
  std::string role;
  std::string scope;  ///< "*": everywhere.

  bool operator==(const PlannedAssignment&) const = default;
};

/// Of one line, which is there for every line that did not map as it stands.
struct Remark {
  enum class File : std::uint8_t { Model, Policy };
  enum class Kind : std::uint8_t {
    Changed,  ///< Imported, but not as it is written.
    Void,     ///< Means nothing in Casbin either.
    Lost,     ///< Not imported: somebody may do less than before.
    Widens,   ///< Not imported, and somebody may do more than before.
  };

  File file;
  std::size_t line;
  std::string text;
  Kind kind;
  std::string sentence;
};

struct Plan {
  std::vector<PlannedRole> roles;
  std::vector<PlannedAssignment> assignments;
  std::vector<Remark> report;  ///< In the order of the lines, those of the model first.

  /// Whether somebody would be allowed what the model denies; such a plan should not be written
  /// before somebody has looked.
  [[nodiscard]] bool widens() const noexcept;
};

/// Every line of the two texts is in the plan or in its report. Where the model does not map, the
/// plan is empty but for that.
[[nodiscard]] Plan plan_of(std::string_view model, std::string_view policy);

}  // namespace portico::rbac::casbin
