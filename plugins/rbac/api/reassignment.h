// SPDX-License-Identifier: Apache-2.0
// A change of what one user has, within a transaction: each piece is checked against what the
// caller may give, written, and noted in the audit log; `finish` sees that an administrator is
// left.
#pragma once

#include "api/assignment_body.h"
#include "api/own_set.h"
#include "api/parts.h"
#include "model/book.h"
#include "store/assignments.h"
#include <portico/http.h>
#include <portico/sql.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Reassignment {
 public:
  /// Throws Refusal: 404 for a user whom nobody knows, 412 where the client has seen another state.
  Reassignment(Transaction& db, const Parts& parts, const Request& request, const OwnSet& own,
               std::string user);

  [[nodiscard]] const std::vector<AssignmentRow>& before() const noexcept { return before_; }
  /// Nothing where the user has it so already. Throws Refusal, 403.
  void give(const Wanted& wanted);
  void take(const AssignmentRow& row);
  /// The version of the change; nothing where there was none. Throws Refusal, 409 where nobody is
  /// left who may do everything.
  [[nodiscard]] std::optional<std::int64_t> finish();

 private:
  void note(std::string_view action, std::string_view role, std::string_view scope);

  Transaction& db_;
  const Parts& parts_;
  const Request& request_;
  const OwnSet& own_;
  const std::string user_;
  const Time now_;
  const std::vector<AssignmentRow> before_;
  const std::shared_ptr<const Book> book_;
  const bool was_administrator_;
  bool changed_ = false;
};

/// The state of what a user has, for ETags.
[[nodiscard]] std::string tag_of(const std::vector<AssignmentRow>& rows);

}  // namespace portico::rbac
