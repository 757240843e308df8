// SPDX-License-Identifier: Apache-2.0
// What users prove themselves by. Passwords for now; the table has room for the kinds to come.
// Hash before the transaction: a hash takes longer than all of its statements.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <optional>
#include <string>
#include <string_view>

namespace portico::auth::credentials {

struct NewPassword {
  std::string_view id;  ///< Of the row, where there was none.
  std::string_view user_id;
  std::string_view phc;
};
/// Takes the place of the one before.
void set_password(Transaction& db, const NewPassword& password, Time now);

/// There may be none.
void remove_password(Transaction& db, std::string_view user_id);

[[nodiscard]] std::optional<std::string> find_password(Reader& db, std::string_view user_id);

/// The same password, hashed anew at a login: since when it is the password stays as it was. False
/// where it is not `old_phc` any more, so that a login never undoes a change that overtook it.
bool rehash_password(Transaction& db, std::string_view user_id, std::string_view old_phc,
                     std::string_view new_phc);

}  // namespace portico::auth::credentials
