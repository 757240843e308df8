// SPDX-License-Identifier: Apache-2.0
// Somebody must be left who may do everything: a user who has the role `admin` directly,
// everywhere, from now on and for ever, and who can log in. In a transaction this holds against
// others that take it from somebody else at the same time: on SQLite one writes at a time, and
// PostgreSQL lets one of two begin again that have read what the other one changed.
#pragma once

#include "store/time.h"
#include <portico/callable.h>
#include <portico/sql.h>

#include <string_view>

namespace portico::rbac::administrators {

/// Whether that user could log in now. Empty where nobody keeps users: then everybody can.
using CanLogIn = Callable<bool(Reader& db, std::string_view user)>;

[[nodiscard]] bool is_one(Reader& db, std::string_view user, Time now, const CanLogIn& can_log_in);
/// Whether there is one besides that user; any at all where the user is "".
[[nodiscard]] bool another(Reader& db, std::string_view user, Time now, const CanLogIn& can_log_in);

/// True once in the life of the database: whoever was made an administrator before there were roles
/// is to get the role now.
bool take_over(Transaction& db);

}  // namespace portico::rbac::administrators
