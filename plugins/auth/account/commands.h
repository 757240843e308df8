// SPDX-License-Identifier: Apache-2.0
// `portico admin create` and `portico user list|disable|enable|reset`: what an operator does to
// accounts from a terminal, with the file and the database at hand and no gateway needed. A gateway
// that runs hears of it with its next poll.
#pragma once

#include "account/account_settings.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/sql.h>

namespace portico::auth {

/// All last as long as the plugin.
void add_commands(Registrar& registrar, const AccountSettings& settings,
                  const Host::Service<Permissions>& permissions, Host& host, Sql& sql);

}  // namespace portico::auth
