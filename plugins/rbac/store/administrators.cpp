// SPDX-License-Identifier: Apache-2.0
#include "store/administrators.h"

#include "model/coverage.h"
#include "store/assignments.h"

#include <cstddef>
#include <string>
#include <utility>

namespace portico::rbac::administrators {
namespace {

constexpr std::size_t PageSize = 100;

constexpr Statement IsOne{
    "rbac.administrators.is_one",
    "SELECT 1 FROM rbac_assignments a JOIN rbac_roles r ON r.number = a.role WHERE r.name = "
    "'admin' AND r.is_system = 1 AND a.user_id = $1 AND a.scope = '*' AND a.expires_at IS NULL AND "
    "(a.not_before IS NULL OR a.not_before <= $2)"};
constexpr Statement Others{
    "rbac.administrators.others",
    "SELECT a.user_id FROM rbac_assignments a JOIN rbac_roles r ON r.number = a.role WHERE r.name "
    "= 'admin' AND r.is_system = 1 AND a.user_id <> $1 AND a.user_id > $2 AND a.scope = '*' AND "
    "a.expires_at IS NULL AND (a.not_before IS NULL OR a.not_before <= $3) ORDER BY a.user_id "
    "LIMIT $4"};
constexpr Statement TakeOver{
    "rbac.administrators.take_over",
    "UPDATE rbac_state SET administrators_taken = 1 WHERE id = 1 AND administrators_taken = 0"};

[[nodiscard]] bool may(Reader& db, std::string_view user, const CanAct& can_act) {
  return !can_act || can_act(db, user);
}

}  // namespace

CanAct who_can_act(CanAct can_log_in, std::shared_ptr<const Book> book) {
  return [can_log_in = std::move(can_log_in), book = std::move(book)](Reader& db,
                                                                      std::string_view user) {
    return can_log_in(db, user) && covers(*book, assignments::of(db, user), Rights);
  };
}

bool is_one(Reader& db, std::string_view user, Time now, const CanAct& can_act) {
  return !db.query(IsOne, {user, now.count()}).empty() && may(db, user, can_act);
}

bool another(Reader& db, std::string_view user, Time now, const CanAct& can_act) {
  std::string last;
  for (;;) {
    const Rows rows = db.query(Others, {user, last, now.count(), PageSize});
    for (const Row row : rows) {
      if (may(db, row.text(0), can_act)) return true;
    }
    if (rows.size() < PageSize) return false;
    last = rows[PageSize - 1].text(0);
  }
}

bool take_over(Transaction& db) { return db.change(TakeOver) == 1; }

}  // namespace portico::rbac::administrators
