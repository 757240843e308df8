// SPDX-License-Identifier: Apache-2.0
// A stored hash of any kind that is read here. Reading is strict, costs no more than the text is
// long, and never hashes. Values, any thread.
#pragma once

#include "password/argon2_form.h"
#include "password/crypt_form.h"
#include "password/hash_fault.h"
#include "password/pbkdf2_form.h"

#include <optional>
#include <string_view>
#include <variant>

namespace portico::auth {

using StoredHash = std::variant<HashFault, Argon2Form, CryptForm, Pbkdf2Form>;

[[nodiscard]] StoredHash read_stored_hash(std::string_view text);

/// For imports: nothing, where users could log in with it.
[[nodiscard]] std::optional<HashFault> fault_of_stored_hash(std::string_view text);

}  // namespace portico::auth
