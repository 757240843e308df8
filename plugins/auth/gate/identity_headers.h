// SPDX-License-Identifier: Apache-2.0
// The fields by which an upstream is told who the caller is. Clients cannot send them: core takes
// reserved fields out of every request.
#pragma once

#include <portico/headers.h>
#include <portico/identity.h>
#include <portico/plugin.h>

#include <cstdint>
#include <map>
#include <string>

namespace portico::auth {

class IdentityHeaders {
 public:
  enum class Says : std::uint8_t { Subject, Roles, Scopes, Session, Issuer };
  using Names = std::map<std::string, Says>;

  /// X-User-Id, X-User-Roles, X-User-Scopes and X-Session-Id.
  [[nodiscard]] static Names usual();

  explicit IdentityHeaders(const Names& names) : names_(names) {}

  void reserve(Registrar& registrar) const;
  /// Of one caller; what does not apply to it is left out. Requires texts that a field can bear.
  [[nodiscard]] FixedHeaders of(const Principal& caller) const;

 private:
  Names names_;
};

}  // namespace portico::auth
