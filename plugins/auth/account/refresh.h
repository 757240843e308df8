// SPDX-License-Identifier: Apache-2.0
// POST /refresh: the next pair of tokens for a refresh token, which is shown once. The rules are
// those of session/rotation.h. What cannot have been written here costs no query.
#pragma once

#include "account/parts.h"
#include "account/visit.h"
#include "session/rotation.h"
#include "store/users.h"
#include <portico/http.h>

#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

struct RefreshForm {
  std::optional<std::string> refresh_token;

  static void describe(Schema<RefreshForm>& s);
};

class Refresh {
 public:
  explicit Refresh(const Parts& parts);

  [[nodiscard]] Response serve(Request& request) const;

 private:
  struct Outcome {
    Rotation rotation;
    std::optional<User> user{};
    std::vector<std::string> roles{};
    std::optional<Mail> notice{};
  };
  [[nodiscard]] Outcome rotate(const RefreshToken& token, const Visit& visit) const;
  void report_theft(Transaction& db, const Session& session, const Visit& visit,
                    Outcome& outcome) const;
  [[nodiscard]] Response refused(const Outcome& outcome) const;

  const Parts& parts_;
  Counter& reused_;
};

}  // namespace portico::auth
