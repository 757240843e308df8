// SPDX-License-Identifier: Apache-2.0
// /verify-email: GET shows a page and changes nothing, POST takes the token of a link, or an
// address with the code that it was sent; POST /verify-email/resend sends another one.
#pragma once

#include "account/asked_mail.h"
#include "account/link_page.h"
#include "account/parts.h"
#include "account/visit.h"
#include "store/users.h"
#include <portico/http.h>

#include <optional>
#include <string>

namespace portico::auth {

struct VerificationForm {
  std::optional<std::string> token;
  std::optional<std::string> email;
  std::optional<std::string> code;

  static void describe(Schema<VerificationForm>& s);
};

class EmailVerification {
 public:
  explicit EmailVerification(const Parts& parts);

  [[nodiscard]] Response show() const { return page_.show(); }
  [[nodiscard]] Response verify(Request& request) const;
  [[nodiscard]] Response resend(Request& request) const;

 private:
  [[nodiscard]] Response by_token(const std::string& token, const Visit& visit) const;
  [[nodiscard]] Response by_code(const VerificationForm& form, const Visit& visit) const;
  [[nodiscard]] bool takes(Transaction& db, const User& user, const std::string& code,
                           Time now) const;
  struct Outcome {
    bool good = false;
    bool chooses = false;          ///< There is no password yet.
    std::optional<Mail> choice{};  ///< The mail by which one is set.
  };
  [[nodiscard]] Outcome verified(Transaction& db, const std::string& user,
                                 const Visit& visit) const;
  [[nodiscard]] Response answer(const Outcome& outcome, Response otherwise) const;

  const Parts& parts_;
  const LinkPage page_;
};

}  // namespace portico::auth
