// SPDX-License-Identifier: Apache-2.0
#include "api/members.h"

#include "api/answers.h"
#include "api/assignment_body.h"
#include "api/refusals.h"
#include "shared/paging.h"
#include "shared/path_part.h"
#include "store/roles.h"

namespace portico::rbac {

Response list_members(Request& request, const Parts& parts) {
  const std::string name = path_part(request, "name");
  const Paging paging(request, parts.host, "members of " + name);
  auto rows = parts.sql.read([&](Reader& db) {
    const auto role = roles::find(db, name);
    if (!role) throw no_such_role(name);
    return assignments::members(db, role->number, paging.after(), paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, [](const AssignmentRow& row) { return row.id; });
  MemberList body;
  for (const AssignmentRow& row : rows) body.items.push_back(member_of(row));
  if (!next.empty()) body.next = next;
  Response answer = uncached(json(Status::Ok, body));
  paging.link(answer, next);
  return answer;
}

}  // namespace portico::rbac
