// SPDX-License-Identifier: Apache-2.0
// POST /login. A wrong password, a user who is not there or may not log in, and a try that has to
// wait all cost one hash and one transaction, and are answered with the same bytes: nobody learns
// from an answer, or from its time, who has an account.
#pragma once

#include "account/parts.h"
#include "account/visit.h"
#include "store/users.h"
#include <portico/http.h>

#include <optional>
#include <string>

namespace portico::auth {

struct LoginForm {
  std::string email;
  std::string password;
  bool remember = false;
  std::optional<std::string> device_name;

  static void describe(Schema<LoginForm>& s);
};

class Login {
 public:
  explicit Login(const Parts& parts);

  [[nodiscard]] Response serve(Request& request) const;

 private:
  struct Try;
  struct Company;
  struct Admission;

  [[nodiscard]] std::optional<Response> held_up(Try& tried) const;
  /// Who it is that tries.
  void recognise(Reader& db, Try& tried) const;
  /// Whether the limit does not hold for who has been here before.
  [[nodiscard]] bool spares(Reader& db, const Try& tried, throttle::Verdict::By by) const;
  /// Whether the password is right, and the user may log in.
  [[nodiscard]] bool convinces(const Try& tried) const;
  [[nodiscard]] Response failed(const Try& tried) const;
  [[nodiscard]] Company company_of(const Try& tried) const;
  [[nodiscard]] Response open(const Try& tried) const;
  [[nodiscard]] Admission prepare(const Try& tried) const;
  /// Nothing where it is no longer right.
  [[nodiscard]] std::optional<Session> admit(Transaction& db, Admission& admission) const;
  [[nodiscard]] NewSession session_of(const Admission& admission) const;

  const Parts& parts_;
  Counter& right_;
  Counter& wrong_;
  Counter& throttled_;
};

}  // namespace portico::auth
