// SPDX-License-Identifier: Apache-2.0
// POST /password/forgot mails a link, and says the same whether or not there is an account.
// /password/reset: GET shows a page and changes nothing, POST sets the password, once for a link;
// every session ends by it.
#pragma once

#include "account/link_page.h"
#include "account/parts.h"
#include "account/visit.h"
#include "store/users.h"
#include <portico/http.h>

#include <optional>
#include <string>

namespace portico::auth {

struct ResetForm {
  std::string token;
  std::string password;

  static void describe(Schema<ResetForm>& s);
};

class PasswordReset {
 public:
  explicit PasswordReset(const Parts& parts);

  [[nodiscard]] Response forgot(Request& request) const;
  [[nodiscard]] Response show() const { return page_.show(); }
  [[nodiscard]] Response reset(Request& request) const;

 private:
  [[nodiscard]] std::optional<users::Login> owner_of(const Digest& digest, Time now) const;
  [[nodiscard]] std::optional<Response> refuse_password(const users::Login& owner,
                                                        const std::string& password) const;
  [[nodiscard]] bool apply(const users::Login& owner, const Digest& digest, const std::string& phc,
                           const Visit& visit) const;

  const Parts& parts_;
  const LinkPage page_;
};

}  // namespace portico::auth
