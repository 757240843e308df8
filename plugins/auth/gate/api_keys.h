// SPDX-License-Identifier: Apache-2.0
// Where the owner of an API key is found. Whoever keeps accounts in a database provides it; without
// it a key is no credential.
#pragma once

#include "gate/sessions.h"

#include <optional>
#include <string_view>

namespace portico::auth {

class ApiKeys {
 public:
  ApiKeys() = default;
  ApiKeys(const ApiKeys&) = delete;
  ApiKeys& operator=(const ApiKeys&) = delete;
  virtual ~ApiKeys() = default;

  /// Whether it could be one: nobody is asked about other texts. On the loop.
  [[nodiscard]] virtual bool plausible(std::string_view key) const = 0;
  /// On a worker; may block. What the key stands for, as of a session with the key's id; nothing
  /// where it is none that lives. Throws where the store does not answer: 503, never a pass.
  [[nodiscard]] virtual std::optional<KnownSession> find_key(std::string_view key) = 0;
};

}  // namespace portico::auth
