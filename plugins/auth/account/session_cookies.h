// SPDX-License-Identifier: Apache-2.0
// Finds the session behind a cookie, for the gate. On a worker.
#pragma once

#include "account/parts.h"
#include "gate/sessions.h"

namespace portico::auth {

class SessionCookies final : public Sessions {
 public:
  explicit SessionCookies(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] std::optional<KnownSession> find(std::string_view cookie) override;

 private:
  const Parts& parts_;
};

}  // namespace portico::auth
