// SPDX-License-Identifier: Apache-2.0
// `portico admin create EMAIL`: the first administrator, whom nobody else could appoint.
#pragma once

#include "account/account_settings.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/sql.h>

namespace portico::auth {

class AdminCommand {
 public:
  AdminCommand(const AccountSettings& settings, const Host::Service<Permissions>& permissions,
               Host& host, Sql& sql)
      : settings_(settings), permissions_(permissions), host_(host), sql_(sql) {}

  [[nodiscard]] int run(Args& args) const;

 private:
  [[nodiscard]] int create(const std::string& typed, bool from_input) const;
  [[nodiscard]] int store(const std::string& typed, const std::string& password) const;

  const AccountSettings& settings_;
  const Host::Service<Permissions>& permissions_;
  Host& host_;
  Sql& sql_;
};

}  // namespace portico::auth
