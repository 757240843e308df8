// SPDX-License-Identifier: Apache-2.0
// `portico user list|disable|enable|reset`.
#pragma once

#include "account/account_settings.h"
#include "store/users.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/sql.h>

#include <optional>
#include <string>

namespace portico::auth {

class UserCommand {
 public:
  UserCommand(const AccountSettings& settings, const Host::Service<Permissions>& permissions,
              Host& host, Sql& sql)
      : settings_(settings), permissions_(permissions), host_(host), sql_(sql) {}

  [[nodiscard]] int run(Args& args) const;

 private:
  [[nodiscard]] int list(bool as_json) const;
  [[nodiscard]] int disable(const std::string& email) const;
  [[nodiscard]] int enable(const std::string& email) const;
  [[nodiscard]] int reset(const std::string& email) const;
  [[nodiscard]] std::optional<User> find(Reader& db, const std::string& email) const;

  const AccountSettings& settings_;
  const Host::Service<Permissions>& permissions_;
  Host& host_;
  Sql& sql_;
};

}  // namespace portico::auth
