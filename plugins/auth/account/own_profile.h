// SPDX-License-Identifier: Apache-2.0
// GET and PATCH /me. What can be changed is named one by one: no field of a request reaches a
// column that it should not. Behind the middleware `auth`.
#pragma once

#include "account/parts.h"
#include <portico/http.h>

#include <optional>
#include <string>

namespace portico::auth {

struct ProfileForm {
  std::optional<std::string> name;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;

  static void describe(Schema<ProfileForm>& s);
};

class OwnProfile {
 public:
  explicit OwnProfile(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response change(Request& request) const;

 private:
  const Parts& parts_;
};

}  // namespace portico::auth
