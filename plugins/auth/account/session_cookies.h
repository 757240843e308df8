// SPDX-License-Identifier: Apache-2.0
// Finds the session behind a cookie, for the gate. On a worker.
#pragma once

#include "account/parts.h"
#include "gate/sessions.h"
#include "session/sessions.h"
#include "store/users.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

class SessionCookies final : public Sessions {
 public:
  explicit SessionCookies(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] std::optional<KnownSession> find(std::string_view cookie) override;

 private:
  struct Found {
    Session session;
    User user;
    std::vector<std::string> roles;
  };
  [[nodiscard]] std::optional<Found> live(Reader& db, const std::string& id, Time now) const;
  [[nodiscard]] static KnownSession known(Found found, Time now);

  const Parts& parts_;
};

}  // namespace portico::auth
