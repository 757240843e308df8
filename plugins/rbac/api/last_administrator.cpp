// SPDX-License-Identifier: Apache-2.0
#include "api/last_administrator.h"

#include "api/users.h"
#include "shared/refusal.h"

#include <utility>

namespace portico::rbac {

administrators::CanAct who_can_administer(const Parts& parts, std::shared_ptr<const Book> book) {
  return administrators::who_can_act(
      [&parts](Reader& db, std::string_view user) { return can_log_in(db, parts, user); },
      std::move(book));
}

void refuse_last_administrator() {
  throw Refusal(Status::Conflict, "last_admin",
                "Nobody would be left who may do everything; make another administrator first.");
}

void keep_an_administrator(Reader& db, const Parts& parts, std::shared_ptr<const Book> before,
                           std::shared_ptr<const Book> after) {
  const Time now = parts.host.unix_time();
  const auto anybody = [&](std::shared_ptr<const Book> book) {
    return administrators::another(db, "", now, who_can_administer(parts, std::move(book)));
  };
  if (anybody(std::move(before)) && !anybody(std::move(after))) refuse_last_administrator();
}

}  // namespace portico::rbac
