// SPDX-License-Identifier: Apache-2.0
// Who has which role, where and for how long: one assignment for a user, a role and a scope.
// Whoever calls has checked what goes in; a change raises the version (versions.h) in the same
// transaction. Any thread that may block; what throws is SqlError.
#pragma once

#include "model/assignment.h"
#include "store/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

/// An assignment, and how it came about.
struct AssignmentRow {
  std::string id;  ///< Another one after each change.
  std::string user;
  std::string role;  ///< Its name.
  Assignment assignment;
  std::optional<std::string> granted_by;
  std::optional<std::string> reason;
  Time created{0};
};

struct NewAssignment {
  std::string_view id;
  std::string_view user;
  Assignment assignment;
  std::optional<std::string_view> granted_by{};
  std::optional<std::string_view> reason{};
};

namespace assignments {

/// All of a user's, also those that do not count now.
[[nodiscard]] std::vector<Assignment> of(Reader& db, std::string_view user);
/// The same, by the names of roles.
[[nodiscard]] std::vector<AssignmentRow> rows(Reader& db, std::string_view user);
/// Of a role, the oldest first; `after` is the id of the last one of the page before.
[[nodiscard]] std::vector<AssignmentRow> members(Reader& db, std::int64_t role,
                                                 std::string_view after, std::size_t limit);

/// In the place of the one for that user, role and scope.
void put(Transaction& db, const NewAssignment& made, Time now);
/// False where there was none.
bool remove(Transaction& db, std::string_view user, std::int64_t role, std::string_view scope);

/// Forgets what expired before that time: it counts no longer, so no version is raised. Returns how
/// many: at most `most`.
std::uint64_t purge(Transaction& db, Time before, std::size_t most);

}  // namespace assignments
}  // namespace portico::rbac
