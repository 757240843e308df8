// SPDX-License-Identifier: Apache-2.0
// Finds the owner of an API key, for the gate. On a worker.
#pragma once

#include "account/parts.h"
#include "gate/sessions.h"

#include <optional>
#include <string_view>

namespace portico::auth {

class KeyOwners {
 public:
  explicit KeyOwners(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] std::optional<KnownSession> find(std::string_view key) const;

 private:
  const Parts& parts_;
};

}  // namespace portico::auth
