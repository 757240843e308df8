// SPDX-License-Identifier: Apache-2.0
// What the file says of passwords, as those who hash and judge them take it.
#pragma once

#include "account/account_settings.h"
#include "password/cost.h"
#include "password/password_rules.h"

namespace portico::auth {

[[nodiscard]] inline Cost cost_of(const Argon2Settings& argon2) {
  return {.memory = static_cast<std::uint32_t>(argon2.memory.count / 1024),
          .passes = argon2.passes,
          .lanes = argon2.lanes};
}

[[nodiscard]] inline PasswordRules rules_of(const PasswordSettings& password) {
  return {.shortest = password.min, .longest = password.max, .words = password.words};
}

}  // namespace portico::auth
