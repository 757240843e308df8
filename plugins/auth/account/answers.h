// SPDX-License-Identifier: Apache-2.0
// The answers that flows share. What a stranger could learn from a difference between two of them
// is the reason why they are here: each is made in one place.
#pragma once

#include "shared/answers.h"
#include "shared/time.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <string>
#include <string_view>

namespace portico::auth {

struct StatusBody {
  std::string status;
  static void describe(Schema<StatusBody>& s);
};

[[nodiscard]] Response say(Status status, std::string_view word);
[[nodiscard]] Response no_content();
/// An error, which no cache keeps.
[[nodiscard]] Response refuse(Status status, std::string_view code, std::string_view sentence,
                              std::string_view internal = {});

/// 401, whether there is no such user, the password is wrong, or the user may not log in.
[[nodiscard]] Response invalid_credentials();
/// 401: the session that asks has ended meanwhile.
[[nodiscard]] Response session_over();
/// 403: another site made the browser send this.
[[nodiscard]] Response forged();
/// 429, for what does not hang on the account.
[[nodiscard]] Response too_many(Time wait);
/// 410: a token that was used, has expired, or that nobody made.
[[nodiscard]] Response token_gone();

}  // namespace portico::auth
