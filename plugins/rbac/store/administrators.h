// SPDX-License-Identifier: Apache-2.0
// Somebody must be left who may do everything: a user who has the role `admin` directly,
// everywhere, from now on and for ever, and who can log in. In a transaction this holds against
// others that take it from somebody else at the same time: on SQLite one writes at a time, and
// PostgreSQL lets one of two begin again that have read what the other one changed.
#pragma once

#include "model/book.h"
#include "store/time.h"
#include <portico/callable.h>
#include <portico/sql.h>

#include <memory>
#include <string_view>

namespace portico::rbac::administrators {

/// What an administrator must be able to do, whatever else they have.
inline constexpr std::string_view Rights = "rbac:**";

/// Whether that user could log in now, and is denied none of the rights. Empty: everybody can.
using CanAct = Callable<bool(Reader& db, std::string_view user)>;
/// By that book and what the database says of who has which roles.
[[nodiscard]] CanAct who_can_act(CanAct can_log_in, std::shared_ptr<const Book> book);

[[nodiscard]] bool is_one(Reader& db, std::string_view user, Time now, const CanAct& can_act);
/// Whether there is one besides that user; any at all where the user is "".
[[nodiscard]] bool another(Reader& db, std::string_view user, Time now, const CanAct& can_act);

/// True once in the life of the database: whoever was made an administrator before there were roles
/// is to get the role now.
bool take_over(Transaction& db);

}  // namespace portico::rbac::administrators
