// SPDX-License-Identifier: Apache-2.0
// A user as they see themselves.
#pragma once

#include "store/users.h"
#include <portico/schema.h>

#include <optional>
#include <string>

namespace portico::auth {

struct UserView {
  std::string id;
  std::string email;
  bool email_verified = false;
  std::optional<std::string> name;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;
  std::string created_at;

  static void describe(Schema<UserView>& s);
};

[[nodiscard]] UserView view_of(const User& user);

}  // namespace portico::auth
