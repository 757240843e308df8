// SPDX-License-Identifier: Apache-2.0
// The route /simulate: what would be decided if roles and assignments were changed. Nothing is
// written; the changes are made to copies.
#pragma once

#include "api/assignment_body.h"
#include "api/parts.h"
#include "api/question.h"
#include "api/role_body.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <string>
#include <vector>

namespace portico::rbac {

struct SimulatedAssignment : AssignmentBody {
  std::string user;

  static void describe(Schema<SimulatedAssignment>& s);
};

struct SimulatedRevocation {
  std::string user;
  std::string role;
  std::string scope = "*";

  static void describe(Schema<SimulatedRevocation>& s);
};

struct SimulationBody {
  std::vector<NewRoleBody> roles;
  std::vector<std::string> remove_roles;
  std::vector<SimulatedAssignment> assignments;
  std::vector<SimulatedRevocation> revocations;
  std::vector<QuestionBody> checks;

  static void describe(Schema<SimulationBody>& s);
};

struct Outlook {
  bool allowed = false;
  std::string reason;

  static void describe(Schema<Outlook>& s);
};

struct SimulationResult {
  Outlook before;
  Outlook after;

  static void describe(Schema<SimulationResult>& s);
};

struct SimulationAnswer {
  std::vector<SimulationResult> results;
  std::int64_t version = 0;

  static void describe(Schema<SimulationAnswer>& s);
};

[[nodiscard]] Response simulate(Request& request, const Parts& parts);

}  // namespace portico::rbac
