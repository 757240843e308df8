// SPDX-License-Identifier: Apache-2.0
// What is to become of a role: read from a body, checked, and written.
#pragma once

#include "api/own_set.h"
#include "api/role_body.h"
#include "model/role.h"
#include "model/role_graph.h"
#include "store/time.h"
#include <portico/sql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

struct RoleDraft {
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> parents;  ///< By name.
  std::optional<std::vector<Grant>> grants;

  /// Has nothing of what was not said.
  void complete();
  /// The names of what it changes, as a JSON object for the audit log.
  [[nodiscard]] std::string fields() const;
};

/// Throws Refusal, 422. `where` is the JSON pointer of the role; empty for the whole body.
[[nodiscard]] RoleDraft draft_of(const RoleBody& body, const FreeFields& free,
                                 const std::string& where = {});

/// One grant; throws Refusal, 422, with where it stands. `condition` is JSON, or empty.
[[nodiscard]] Grant grant_of(std::string_view pattern, std::string_view effect,
                             const std::string& condition, const std::string& where);

/// Throws Refusal, 422, where there is a fault.
void refuse_graph(const std::optional<GraphFault>& fault, const std::string& where);

/// Throws Refusal where no role may be so: 422 for what it would inherit, 403 where it would give
/// or deny more than the caller has, 409 where it would leave nobody who administers. Requires that
/// the database still has it as it was.
void check_change(Reader& db, const Parts& parts, const OwnSet& own, const Role& changed);

/// Checks it and writes it in the place of what the role was. Raises the role's own version.
void write_draft(Transaction& db, const Parts& parts, const OwnSet& own, std::string_view name,
                 const RoleDraft& draft);

}  // namespace portico::rbac
