// SPDX-License-Identifier: Apache-2.0
// POST /signup. Whoever asks learns nothing of who has an account already: the answer is the same,
// the password is hashed all the same, and as much is written. The owner of the account gets a
// mail.
#pragma once

#include "account/email.h"
#include "account/parts.h"
#include "account/visit.h"
#include <portico/http.h>

#include <optional>
#include <string>

namespace portico::auth {

struct SignUpForm {
  std::string email;
  std::string password;
  std::optional<std::string> name;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;
  std::optional<std::string> terms_version;

  static void describe(Schema<SignUpForm>& s);
};

class SignUp {
 public:
  explicit SignUp(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response serve(Request& request) const;

 private:
  struct Wanted;

  [[nodiscard]] std::optional<Response> refuse(const SignUpForm& form, const Email& email,
                                               const Visit& visit) const;
  [[nodiscard]] Response with_verification(Wanted& wanted, const Visit& visit) const;
  void judge_password(Wanted& wanted) const;
  /// False where somebody else signed up with the address meanwhile: to be judged anew.
  [[nodiscard]] bool enter(Transaction& db, const Wanted& wanted, const Visit& visit,
                           std::optional<Mail>& sent) const;
  [[nodiscard]] Response at_once(const Wanted& wanted, const Visit& visit) const;
  /// What is mailed; nothing where the address gets no more mails for now.
  [[nodiscard]] std::optional<Mail> welcome(Transaction& db, const User& user,
                                            const Visit& visit) const;
  [[nodiscard]] std::optional<Mail> registered(Transaction& db, const User& owner,
                                               const Visit& visit) const;
  [[nodiscard]] bool insert(Transaction& db, const Wanted& wanted, const Visit& visit) const;

  const Parts& parts_;
};

}  // namespace portico::auth
